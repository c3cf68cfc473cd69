export default function () { console.log("ran"); }
export function handleSummary(d) { console.log(Object.keys(d.metrics).length); return { stdout: "summed\n" }; }
