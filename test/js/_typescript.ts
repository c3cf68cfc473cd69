// TypeScript of every kind; what it does with it is told to typescript.js, which knows the answers.
const shown: string[] = [];
const show = (...what: unknown[]): void => void shown.push(what.map((w) => (typeof w === 'string' ? w : JSON.stringify(w))).join(' '));
enum A { X, Y = "s", Z = 1<<2, W, "a-b" = 5, Q = X, R = Math.abs(-9), T = `a${Y}`, U = Y + "b", V = "x".length }
enum A { X2 = X, Y2 = A.Z, Y3 = A.Y, N = -5, M, H = 0x10, I, D = 1.5, E, O = ~X, P = (1 + 2) * 3 }
export enum E { A = -1, B, C = NaN, D }
function f(){ enum L { A, B } enum L { C = 5 } return JSON.stringify(L); }
const enum CE { A = 1, B = A | 2, C = 'x' as any }
enum S { A = 'a', B = 'b', /* c */ C = A, // d
  D = S.B }
show(JSON.stringify(A), JSON.stringify(E), f(), CE.A, CE.B, JSON.stringify(S), E[-1], typeof A.R);
enum Empty {} show(JSON.stringify(Empty));
namespace N { export let x = 1; x++; export const {a, b: [c=x], ...r} = {a: 5, b: [], z: 1} as any, z = 1; export let q: number, w = 2; export function f(){ return x + a; } export class K { static k = x; x = x } export enum En { A, B = x } let local = {x, a, q: x}; export namespace M.P { export const deep = x; export function g() { x += 10; return x } }
  export const arrow = (x: number) => x * 2; export async function as() { return x } export function over(): void; export function over(y?: number) { return y } export abstract class Abs { abstract q(): void } interface T {} export type {T}; export type U = 1; export import J = M.P; const priv = 3; export var v1, v2 = priv; { let x = 100; q = x } for (const x of [7]) w += x; label: for (;;) { break label } }
namespace N { show(x, f(), M.P.deep, M.P.g(), x, En.B, new K().x, arrow(4), J === M.P); export const second = () => x; }
namespace Empty2 { export type X = 1; interface Y {} ; }
namespace NotEmpty { ; export type X = 1; show('run') }
class CC { m() { return CC.y } } namespace CC { export let y = 1; export const K = CC }
function ff(){ return ff.z } namespace ff { export const z = 7 }
namespace Same { export class Same { v = Same2() } function Same2() { return 'ok' } }
enum Mix { A } namespace Mix { export function help() { return Mix.A } }
show(N.x, N.a, N.c, JSON.stringify(N.r), N.q, N.w, N.second(), CC.y, CC.K === CC, new CC().m(), ff(), new Same.Same().v, Mix.help(), N.v2, N.over(), Object.keys(N).join());
class P1 { a = 1; constructor(private v: number, public readonly y = 2, protected z?: string) { this.a += v } }
class P2 extends P1 { constructor(public extra: string) { 'use strict'; const t = 1; super(t); this.extra += '!' } b = 2; get sum() { return this.b } }
class P3 extends P1 { constructor(private q: number, cond: boolean) { if (cond) super(1); else super(2); const f = () => this.q; this.q = f() + 1 } }
class P4 extends P1 { constructor(private q: number) { super(q)
  const z = [this.q]
  ;(show)(z.length) } }
class P5 { static s = 1; constructor(public a, public b) {} }
show(JSON.stringify([new P1(1), new P2('e'), new P3(4, true), new P3(4, false), new P4(3), new P5(1, 2)]));
abstract class AB<T> { abstract x: T; declare y: T; z?: T; w!: T; static #p = 1; #q?: number = 2; [k: string]: any; static { AB.n = AB.#p } static n: number; abstract get g(): T; get h() { return this.#q } private static async *gen<T>(this: any, a?: T) { yield a } readonly static = 5; get = 1; set = 2; async = 3; declare; public; static static; 'q-x'?: number; 12 = 3; constructor() {} 
  a
  *b() {}
  private c
  readonly ['d'] = 4
  optional?(): void
  over(a: string): string
  over(a: any) { return a } }
show(Object.keys(new (AB as any)()).join(), (AB as any).n);
let u1: unknown = 1, u2 = <T>(x: T) => x, u3 = async <T,>(x: T): Promise<T> => x, u4 = (a: number, b?: string, ...c: any[]): a is any => true, u5 = function <T>(this: any, x: T): asserts x is any {}
const cond = true ? (u1) : u2 => 1, cond2 = false ? (u1): any => 2 : 3, cond3 = true ? (a) : (b)
const obj = { m<T>(x: T): T { return x }, async am(): Promise<void> {}, get g(): number { return 1 }, set g(v: number) {}, [('k' as string)]: 1, async *ag<T>() {}, get: 1, async: 2, set: 3, async async() {}, 'str'(): void {}, 5() {} } satisfies object as any
show(typeof cond, cond2, obj.m<string>('generic'), obj.g, obj.k, obj!.m!('x')!, (obj as any)?.m?.<number>(4), new Map<string, Array<Map<string, number>>>([['a', []]]).size, u3 !== null, (<any>u1) + 1, 1 < 2, u2<number>(3) > 2, [1, 2].map<number>((x): number => x + 1).join())
const g1 = u2<string>, g2 = a < b > c; function a() {} var b, c
let i = 1, re = /[/]\/'"`/g.test('/') , d = i++ / 2 / 1, t = `a${ `b${1 as number}` }${{ a: 1 }.a}`
var multi = (a
  : number):
  { x: number
  } => a as any
var multi2 = async <T,
 U>(a: T) => a
const rt = () => { return <{
  a: number }>multi }; show(typeof rt())
type Foo
= string
let x1 = i as
  number
;[x1].length
let x2 = i!
;(x2)
declare const dd: number, ee: string
declare function df(): void
declare module 'foo' { export const x: number; export default function f(): void; export { x as y } }
declare global { interface Window { x: 1 } var gg: number }
declare namespace NS.Sub { let q: number; function z(): void; class Q { constructor(private x) ; m(): void } enum W { A } namespace In { } export = q }
declare class DC extends P1 implements Iterable<any> { constructor(x: number); static m(): void; [Symbol.iterator](): any }
declare enum DE { A } declare abstract class DAC {} declare let dl, dm: string; declare type DT = 1; declare interface DI {}
function ov(a: string): string
function ov(a: number): number
function ov(a: any) { return a }
export function ov2(a: string): string; export function ov2(a) { return a }
for (let k: number = 0, m = 1 as number; k < 1; k++) {} for (const k of <any>[1]) {} for (const k in obj as any) { break }
try { throw 1 } catch (e: unknown) { show(e as number) }
type Eq<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type M1 = { readonly [K in keyof any as `x${string & K}`]-?: any[K] } & { -readonly [K in 'a']+?: 1; } | { new (x: number): any; (y: string): void; get x(): number; set x(v); readonly y?: unique symbol; [Symbol.iterator]: 1; method?<T>(): void, 'q': typeof obj.m<string>; readonly: 1; get: 2 }
type Inf<T> = T extends [infer H extends string, ...infer R] ? H : T extends (infer U extends number ? 1 : 2) ? U : T extends abstract new (...args: any) => infer I ? I : never
type Tup = [a: string, b?: number, ...rest: boolean[]] | readonly string[][] | [string?] | typeof import('x') | import('y', { with: { 'resolution-mode': 'import' } }).Z<number>['k']
type Fn = (this: Window, { a, b: [c] }: any, ...r: any[]) => asserts a is string; type Cons = new () => void; type Neg = -1 | 1n | `a${Tup}b` | null | void | undefined | this
export type { Eq }; export { type M1, i as exported, t };
type T2 = (string | number)[]; type T3 = keyof typeof obj; let is = 1, as = 2, type = 3, of = 4, infer = 5, keyof = 6; show(is, as as number, type, of, infer, keyof)
if (i < is && is > (as)) show('cmp')
show(f < (1 as any), (i) < is, d, t, re)
accessorTest: { class AC { accessor; static accessor } }
let opt = obj?.[`m`]?.(1), neg = !obj!, nn = obj!.m!<number>(1)!, idx = obj!['m']!
const { p1 = 1 as number, p2: { p3 = <any>2 } = {} as any }: { p1?: number; p2?: any } = {} as any; show(p1, p3)
export { shown };
export default abstract class { abstract x: number }
