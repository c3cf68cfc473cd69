type F<T> = (x: T) => T;
const id = <T,>(x: T): T => x; const id2 = <T extends unknown>(x: T) => x; const id3 = async <T,>(x: T): Promise<T> => x; const fnn = function <T>(this: void, x?: T, ...rest: T[]): x is T { return rest.length > 0; };
const obj = { m<T>(x: T): T { return x; }, async am<T>(x: T) { return x; }, *g<T>(x: T): Generator<T> { yield x; }, get v(): number { return 1; }, ['c' + 1]: <T,>(x: T) => x, a: 1 as number, b: <any>'str' };
let n: { x?: { y?: { z(): string } } } | null = { x: { y: { z() { return 'deep'; } } } };
const tup: [a: string, b?: number, ...rest: boolean[]] = ['t', 1, true];
const conv = 'x' as unknown as number; const big = 10n as bigint; const u: unique symbol = Symbol('u') as any;
let x!: number; x = 5; const neg = -x!; const arr = [1, 2, 3] as const satisfies readonly number[];
function guard(v: unknown): v is string { return typeof v === 'string'; } function asserts(v: any, m?: string): asserts v { if (!v) throw new Error(m); }
function isThis(this: Date): this is Date { return true; }
type Cond<T> = T extends (infer U extends string)[] ? U : never; type Mapped = { readonly [K in keyof typeof obj as `get${K & string}`]?: (typeof obj)[K] }; type Minus = { -readonly [K in 'a']-?: 1 }; type Rec = import('./x').Thing; type Ty = typeof import('./x');
type Fnn = new (...a: any[]) => object; type Abs = abstract new () => void; type Lit = `a${string}b` | 1 | -1 | true | null | undefined | void | never | unique symbol;
let fnType: (a: number, b?: string) => void = () => {}; let ctor: new () => Date = Date; let paren: (string | number)[] = []; let opt: Array<Array<Array<number>>> = [[[1]]]; let sh = 8 >> 1 >>> 1; let cmp = 1 < 2, cmp2 = 3 > 2;
interface I extends Array<string>, Record<string, any> { (x: number): string; new (x: string): I; method?<T>(x: T): void; readonly [i: number]: string; get p(): number; set p(v: number) }
declare let declared: number; declare function df(x: number): void; declare class DC { x: number; m(): void }
export type { F }; export type Al = string; export interface Ex { }
label: for (const q of [1, 2] as number[]) { if (q as any) continue label; }
export default async function () {
  console.log(id(1), id2<string>('s'), await id3<number>(3), fnn(1, 2, 3), obj.m<number>(4), await obj.am(5), [...obj.g<string>('g')][0], obj.v, (obj as any).c1('c'), obj.b);
  console.log(n!.x!.y?.z(), n?.x?.y!.z(), (n as any)?.q?.w.e, tup![0], conv, typeof big, neg, arr.length, guard('s'), sh, cmp, cmp2, opt[0]![0]![0]);
  const mk = new Map<string, Array<number>>([['a', [1]]]); console.log(mk.get('a')![0], new Set<number>().size, (<any>window_ as any) === undefined);
  const inst = id<string>; console.log(inst('inst'), (x as number)++, x!++, ++(x as number), x); (x as any) = 9; (<any>x) = x + 1; console.log(x);
  for (let i = 0 as number, j: number = 1; i < j; i++) console.log(i); for (const [k, v] of Object.entries({ a: 1 }) as [string, number][]) console.log(k, v);
  try { asserts(false, 'asserted'); } catch (e: unknown) { console.log((e as Error).message); } try { throw 1; } catch (e: any) { console.log(e); }
  const { a, ...others }: { a: number;[k: string]: any } = { a: 1, b: 2 }; console.log(a, JSON.stringify(others)); const f2 = ({ p = 1, q }: { p?: number; q: string }, [r]: number[] = [7]): string => `${p}${q}${r}`; console.log(f2({ q: 'q' }));
  const cond = x ? (y: number) => y : (z: number): number => z * 2; console.log(cond(3)); const cc = true ? (a) : (b: any) => 1; console.log(cc);
  const tpl = `${(x as any satisfies any)}${id<`x`>('x')}`; console.log(tpl); console.log(isThis.call(new Date()), typeof ctor, ((): void => undefined)(), [1, 2].map<string>((v): string => `${v}`).join()); const typed = <const T,>(q: T) => q; console.log(typed('ct'));
  let a1 = 1, b1 = 2, c1 = 3; console.log(a1 < b1 > (c1 as any), a1 < (b1)); if (a1 < b1 && b1 > a1) console.log('cmp ok'); const as = 1; const type = 2; const of = 3, satisfies = 4, declare = 5, namespace = 6, abstract = 7, module_ = 8, readonly = 9, is = 10, keyof = 11, infer = 12, asserts_ = 13, get = 14; console.log(as + type + of + satisfies + declare + namespace + abstract + module_ + readonly + is + keyof + infer + asserts_ + get);
}
var window_: any;
