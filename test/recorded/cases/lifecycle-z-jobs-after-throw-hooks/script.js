
const P = () => Promise.resolve();
export function setup() { P().then(() => console.log('setup job')); if (__ENV.W === 'setup') throw new Error('s'); return 1; }
export default function () { P().then(() => console.log('default job')); }
export function teardown() { P().then(() => console.log('td job')).then(() => console.log('td job 2')); if (__ENV.W === 'teardown') throw new Error('t'); }
export function handleSummary() { P().then(() => console.log('hs job')); if (__ENV.W === 'hs') throw new Error('h'); return {}; }
P().then(() => console.log('init job', __VU)); if (__ENV.W === 'init') throw new Error('i');
