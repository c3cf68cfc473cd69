export function setup() { throw new Error("x"); }
export default function () {}
