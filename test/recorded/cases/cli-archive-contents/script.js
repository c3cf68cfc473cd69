import { a } from "./lib/a.js";
const t = open("./data/t.txt");
const j = JSON.parse(open("data/j.json"));
export const options = { vus: 1, iterations: 2, thresholds: { iterations: ["count>0"] }, tags: { b: "<&>", a: "1" } };
export default function () { console.log(a, t, j.k); }
