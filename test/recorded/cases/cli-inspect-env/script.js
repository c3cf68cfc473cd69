export const options = { vus: Number(__ENV.N || 1), tags: { s: __ENV.SYS || "no" } };
export default function () {}
