const kinds = [() => 5, () => 'text', () => null, () => undefined, () => [1, { a: 2 }], () => true, async () => ({ later: 1 }), () => NaN, () => new Date(0), () => { const shared = { s: 1 }; return { a: shared, b: shared }; }];
export function setup() { return kinds[Number(__ENV.K)](); }
export default function (d) { console.log('vu', typeof d, d && typeof d === 'object' && !Array.isArray(d) ? Object.keys(d).sort().join() : JSON.stringify(d), arguments.length); }
export function teardown(d) { console.log('teardown', typeof d, d && typeof d === 'object' && !Array.isArray(d) ? Object.keys(d).sort().join() : JSON.stringify(d), arguments.length); }
