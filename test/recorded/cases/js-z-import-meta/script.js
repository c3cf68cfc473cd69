import { there } from './sub/lib.js';
const t = (f) => { try { const v = f(); return typeof v === 'string' ? v.replace(/^file:\/\/.*\/(?=[^/]*$|sub\/)/, 'DIR/') : typeof v; } catch (e) { return `threw ${e.name}`; } };
const out = ['./a.js', '../a.js', 'a/../b.js', '/abs/x.js', 'file:///x/y.js', './with space.js', ''].map((n) => `${n} ${t(() => import.meta.resolve(n))}`);
export default function () { for (const o of out) console.log(o); console.log(there, typeof import.meta, typeof import.meta.resolve, Object.keys(import.meta).includes('resolve')); console.log(t(() => import.meta.resolve('./vu.js'))); console.log(t(() => import.meta.resolve())); }
