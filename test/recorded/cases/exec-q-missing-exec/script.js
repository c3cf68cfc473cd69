const names = ['setup', 'options', 'notfn', 'handleSummary', 'teardown', 'cls', 'arrow'];
export const options = { scenarios: { s: { executor: 'shared-iterations', exec: names[__ENV.W] } } };
export const notfn = 3;
export function setup() { console.log('setup', __VU); return 1; }
export function teardown(d) { console.log('teardown', d); }
export function handleSummary(d) { console.log('summary', typeof d); return {}; }
export class cls { constructor() { console.log('made'); } }
export const arrow = (d) => console.log('arrow', d);
