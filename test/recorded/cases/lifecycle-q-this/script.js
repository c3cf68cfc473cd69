export function setup() { console.log('setup', typeof this, arguments.length); }
export default function () { console.log('default', typeof this, arguments.length, typeof arguments[0]); }
export function teardown() { console.log('teardown', typeof this, arguments.length, typeof arguments[0]); }
export function handleSummary() { console.log('summary', typeof this, arguments.length); return {}; }
