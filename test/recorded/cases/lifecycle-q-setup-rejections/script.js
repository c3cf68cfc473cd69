const go = (w) => { if (w !== __ENV.W) return; switch (__ENV.K) { case 'throw': throw new Error('boom'); case 'str': throw 'text'; case 'async': return Promise.reject(new Error('async')); case 'unhandled': Promise.reject(new Error('unhandled')); } };
export function setup() { console.log('setup'); return go('setup') || { a: 1 }; }
export default function (d) { console.log('default', JSON.stringify(d)); }
export function teardown(d) { console.log('teardown', JSON.stringify(d)); return go('teardown'); }
export function handleSummary(d) { console.log('summary', JSON.stringify(d.setup_data)); return go('summary') || { stdout: 'S\n' }; }
