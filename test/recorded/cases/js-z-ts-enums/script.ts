enum A { X, Y = 'y' as any, Z = 3, W }
enum B { P = 1 << 2, Q = P | 1, R = 'abc'.length, S = Q * 2, T = ~P, U = -P, V = +3, M = (1 + 2) * 3 }
enum C { One = 1 } enum C { Two = 2 }
const enum D { K = 'k', L = `tpl`, N = 0x10, O = N + 1 }
enum E { 'quoted name' = 1, "other-name", plain }
enum F { A1 = B.P, B1 = A1 << 1, C1 = D.N }
declare enum G { Nope }
declare const enum H { No }
namespace NS { export enum Inner { I = 7, J } export const enum Fast { F = 1 } const hidden = Inner.J; export function get() { return hidden; } }
export enum Exported { Yes = 'yes', No = 'no' }
enum Empty {}
enum Neg { M = -1, Z, P }
enum Fl { H = 0.5, I = 1e3 }
enum Mixed { A = 'a', B = 2, C = `${A}x`, D = 'a' + 'b' }
const sorted = (o: any) => JSON.stringify(Object.entries(o));
export default function () {
  console.log(sorted(A)); console.log(sorted(B)); console.log(sorted(C)); console.log(sorted(E)); console.log(sorted(F)); console.log(sorted(NS.Inner)); console.log(NS.get(), NS.Fast.F);
  console.log(sorted(Exported), sorted(Empty), sorted(Neg), sorted(Fl)); console.log(sorted(Mixed));
  console.log(D.K, D.L, D['N'], D.O, A[3], B['R'], E['quoted name'], typeof D);
  enum Local { a = 5, b } console.log(Local.b, Local[5]);
  if (true) { enum Block { z } console.log(Block.z, Block[0]); }
  let f = (x: Local): boolean => x === Local.a; console.log(f(5));
  const k: keyof typeof Local = 'b'; console.log(Local[k]);
  console.log(JSON.stringify(Object.getOwnPropertyDescriptor(A, 'X')), Object.isFrozen(A));
}
