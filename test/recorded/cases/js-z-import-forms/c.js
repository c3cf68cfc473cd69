import d, * as ns from './lib.js'; import d2, { a, b as bb } from './lib.js'; export default function () { console.log(d, d2, a, bb, Object.keys(ns).join()); }
