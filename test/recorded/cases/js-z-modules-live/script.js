import { n, inc, hoisted, v as renamed, default as d } from './lib.js'; import fnDefault from './fn.js'; import clsDefault from './cls.js'; import anon from './anon.js'; import expr from './expr.js'; import arrow from './arrow.js';
import * as all from './all.js';
export { n }; export { inc as other }; export * as whole from './lib.js';
export const [p1, p2] = [1, 2]; export const { p3 } = { p3: 3 };
export default function () {
  console.log(n, inc(), n, inc(), n, hoisted(), renamed, d); console.log(typeof fnDefault, fnDefault.name, clsDefault.name, anon.name, anon(), expr, arrow.name, arrow());
  console.log(Object.keys(all).sort().join(), all.extra, all.n, p1, p2, JSON.stringify(p3)); console.log(JSON.stringify(Object.getOwnPropertyDescriptor(all, 'extra')));
}
