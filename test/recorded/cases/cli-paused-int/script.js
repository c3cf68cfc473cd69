export function setup() { console.log("setup"); }
export default function () { console.log("no"); }
export function teardown() { console.log("teardown"); }
