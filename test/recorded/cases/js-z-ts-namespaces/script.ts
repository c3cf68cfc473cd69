namespace A.B.C { export const deep = 1; export let count = 0; export function inc() { count += 1; return count; } }
namespace A.B { export const more = C.deep + 1; }
function fn() { return 'fn'; } namespace fn { export const extra = 'extra'; }
class K { static s = 1; m() { return 'm'; } } namespace K { export const added = 'added'; export interface T { a: number } }
enum En { a } namespace En { export function label(e: En) { return `label ${e}`; } }
namespace Types { export interface Only { x: number } export type Y = string; }
namespace Destr { export const { a, b: [c, ...d], ...rest } = { a: 1, b: [2, 3, 4], e: 5, f: 6 }; }
namespace Imp { import Alias = A.B.C; export import Pub = A.B; export const v = Alias.deep; }
import Short = A.B.C;
import T = Types;
module Old { export const o = 'old module keyword'; }
export namespace Exp { export class Cl { constructor(public x = 9) {} } export async function af() { return 'async'; } export function* g() { yield 1; } }
declare namespace Ghost { const nothing: number; }
declare module 'something' { export const x: number; }
declare global { interface Window { a: number } }
namespace Multi { export const a = 1, b = a + 1; export var c; c = b + 1; let hidden = 3; export const get = () => hidden; }
export default async function () {
  console.log(A.B.C.deep, A.B.more, A.B.C.inc(), A.B.C.count, Short.inc(), A.B.C.count);
  console.log(fn(), fn.extra, K.added, new K().m(), En.label(En.a), JSON.stringify(Destr), Imp.v, Imp.Pub.more, Old.o);
  console.log(new Exp.Cl().x, await Exp.af(), [...Exp.g()].join(), JSON.stringify(Multi), Multi.get(), (Multi as any).hidden);
  console.log(typeof (globalThis as any).Types, typeof (globalThis as any).A);
  const v: T.Only = { x: 1 }; console.log(v.x, Object.keys(A).join(), Object.keys(Exp).sort().join());
}
