import def from './a.js';
import * as ns from './a.js';
import { x, y } from './a.js';
import fdef from './fn.js';
import * as fns from './fn.js';
import edef, { named as en } from './flag.js';
import * as ens from './flag.js';
import ndef, * as nns from './num.js';
import * as only from './onlydefault.js';
import od from './onlydefault.js';
export { x as again } from './a.js';
const keys = (o) => `${Object.keys(o).sort().join()} ${'default' in o}`;
export default function () {
  console.log(JSON.stringify(def), x, y, keys(ns), ns.default === def, typeof ns.x);
  console.log(typeof fdef, fdef(), keys(fns), typeof fns.default, fns.prop, fdef.prop);
  console.log(edef, en, keys(ens), ens.__esModule, JSON.stringify(ens));
  console.log(ndef, keys(nns), nns.default); console.log(keys(only), JSON.stringify(od), JSON.stringify(only.default));
}
