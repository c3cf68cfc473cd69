import http, { type RefinedResponse, type ResponseType } from 'k6/http';
import { check, type JSONValue } from 'k6';
import type { Options, Scenario as Sc } from 'k6/options';
import { Trend, type Counter } from 'k6/metrics';
import exec from 'k6/execution';
export type User = { readonly id: number; name?: string | null; tags: ReadonlyArray<string>; meta: Record<string, unknown> };
export interface Api<T extends object = User> { get(id: number): Promise<T>; list?: <K extends keyof T>(k: K) => T[K][] }
type Handler<T> = T extends (...args: infer A) => infer R ? { args: A; ret: R } : never;
type DeepPartial<T> = { [P in keyof T]?: T[P] extends object ? DeepPartial<T[P]> : T[P] };
const scenarios: Record<string, Partial<Sc>> = {};
export const options: Options = { vus: 1, iterations: 1, thresholds: { checks: ['rate==1'] as string[] } };
const trend: Trend = new Trend('ts_trend');
class Client implements Api { private static instance?: Client; readonly #token: string; constructor(private readonly base: string, token = 'tok', protected opts: DeepPartial<User> = {}) { this.#token = token; } static get shared(): Client { return (this.instance ??= new Client('base')); } async get(id: number): Promise<User> { return { id, tags: [this.#token, this.base], meta: {} }; } private build = (p: string): string => `${this.base}/${p}`; url(p: string) { return this.build(p); } }
class HttpError<TBody = unknown> extends Error { constructor(public readonly status: number, message?: string, public body?: TBody) { super(message); this.name = 'HttpError'; } }
function isUser(x: any): x is User { return typeof x?.id === 'number'; }
function assertNever(x: never): never { throw new Error(`never ${x}`); }
const enumLike = { A: 'a', B: 'b' } as const; type EnumLike = (typeof enumLike)[keyof typeof enumLike];
enum Level { Low = 'low', High = 'high' }
const pick = <T, K extends keyof T>(o: T, ...keys: K[]): Pick<T, K> => Object.fromEntries(keys.map((k) => [k, o[k]])) as Pick<T, K>;
const sleepMs = (ms: number): Promise<void> => new Promise<void>((resolve) => setTimeout(resolve, ms));
let counter: Counter | undefined; let maybe: string | undefined | null = null;
export function setup(): { users: User[] } { return { users: [{ id: 1, tags: [], meta: {} }] }; }
export default async function (data: ReturnType<typeof setup>): Promise<void> {
  const u: User = await Client.shared.get(7); console.log(JSON.stringify(u), Client.shared.url('x'), isUser(u), isUser({}));
  try { throw new HttpError<{ a: 1 }>(404, 'nope', { a: 1 }); } catch (e: unknown) { if (e instanceof HttpError) console.log(e.name, e.status, e.message, JSON.stringify(e.body)); }
  const k: EnumLike = enumLike.A; switch (k) { case 'a': console.log('a case'); break; case 'b': break; default: assertNever(k); }
  console.log(Level.High, Object.values(Level).join(), JSON.stringify(pick({ a: 1, b: 2, c: 3 }, 'a', 'c'))); await sleepMs(1);
  check(u, { 'has id': (x) => x.id === 7, 'typed fn': (x: User): boolean => !!x.tags!.length }); trend.add(<number>5); console.log(typeof counter, maybe ?? 'dflt', data.users[0]!.id, (exec.vu as any)?.idInTest, typeof http.get);
  const res = { json: <T = JSONValue>(_s?: string) => ({ a: 1 }) as unknown as T }; console.log(res.json<{ a: number }>('x').a); const arr: number[][] = [[1], [2, 3]]; for (const [i, [first]] of arr.entries()) console.log(i, first as number);
  const fn = function <T>(this: unknown, x: T) { return x; }; console.log(fn<string>('gen'), ((x?: number): number => x ?? 3)(), (<T extends unknown>(x: T): T => x)(4)); const map = new Map<string, Array<{ n: number }>>(); map.set('k', [{ n: 1 }]); console.log(map.get('k')?.[0]?.n); const o = { get v(): number { return 1; }, set v(x: number) { } } as const; console.log(o.v);
  label: for (let i = 0 as number; i < 2; i++) { for (;;) { continue label; } } const t: [string, ...number[]] = ['x', 1, 2]; const [s, ...ns] = t; console.log(s, ns.length); const big: bigint = 5n; console.log(String(big), typeof Symbol() as string); if (<any>u) { type Local = string; const l: Local = 'local'; console.log(l); }
  abstract class Abs { abstract run(): void; static of<T extends Abs>(this: new () => T): T { return new this(); } } class Impl extends Abs { run() { console.log('impl'); } } Impl.of().run(); const x = { a: { b: [1, 2] } } satisfies DeepPartial<any>; console.log(x.a.b[1]!.toFixed(1)); var v1 = 1, v2: string = 'two', v3!: number; console.log(v1, v2, typeof v3);
}
