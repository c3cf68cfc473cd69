
export function setup(...a) { console.log('setup', a.length, JSON.stringify(a), typeof this); return { a: 1 }; }
export default function (...a) { console.log('default', a.length, JSON.stringify(a), typeof this); a[0].a++; }
export function teardown(...a) { console.log('td', a.length, JSON.stringify(a), typeof this); }
export function handleSummary(...a) { console.log('hs', a.length, Object.keys(a[0]).sort().join(), typeof this); return {}; }
export const options = { iterations: 2 };
