export const options = { vus: 1, foo: 1, Bar: [2], linger: true, out: ["json"], noThresholds: true };
export default function () {}
