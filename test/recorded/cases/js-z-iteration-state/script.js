import { next, state } from './state.js';
let here = 0; globalThis.shared = 0; var v = 0;
export const options = { vus: 1, iterations: 3 };
export function setup() { here = 100; globalThis.shared = 100; return next(); }
export default function (d) { here += 1; globalThis.shared += 1; v += 1; console.log(here, globalThis.shared, v, next(), state.list.length, d, typeof implicit); state.list.push(__ITER); globalThis.implicit = 1; Array.prototype.added = 'proto'; Object.defineProperty(globalThis, 'fixed', { value: __ITER, configurable: true }); }
export function teardown(d) { console.log('teardown', here, globalThis.shared, next(), d, [].added, typeof fixed); }
