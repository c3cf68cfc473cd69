const k = __ENV.K; export const options = { iterations: 1 };
export function setup() { console.log('setup'); if (k === 'setup') throw new RangeError('in setup'); if (k === 'asetup') return (async () => { await null; throw new Error('async setup'); })(); return { ok: 1 }; }
export default function (d) { console.log('default', JSON.stringify(d)); if (k === 'default') throw new Error('in default'); }
export function teardown(d) { console.log('teardown', JSON.stringify(d)); if (k === 'teardown') throw new Error('in teardown'); if (k === 'ateardown') return Promise.reject(new Error('async teardown')); }
export function handleSummary() { console.log('summary'); if (k === 'summary') throw new Error('in summary'); if (k === 'asummary') return Promise.reject(new Error('async summary')); return { stdout: 'done\n' }; }
