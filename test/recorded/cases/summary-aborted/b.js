export function setup() { throw new Error("no"); }
export default function () {}
