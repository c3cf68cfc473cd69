export function setup() { return { a: 1 }; }
export default function (d) { console.log(typeof d, d && d.a); }
export function teardown(d) { console.log(typeof d, d && d.a); }
export function handleSummary(d) { console.log('setup_data' in d, JSON.stringify(d.setup_data)); return {}; }
