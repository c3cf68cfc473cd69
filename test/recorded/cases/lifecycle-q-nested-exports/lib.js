export function helper() { console.log('setup from lib'); return { n: 1 }; }
export function dflt(d) { console.log('default from lib', d.n); }
