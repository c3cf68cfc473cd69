export const options = { vus: 1, tags: { a: "b" }, thresholds: { iterations: ["count>0"] }, setupTimeout: "3s", stages: [] };
export default function () { console.log(Object.keys(options).sort().join(), options.vus, options.setupTimeout, options.tags.a, typeof options.scenarios, options.minIterationDuration, options.rps); }
