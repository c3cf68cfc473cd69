abstract class Shape<T extends object = {}> { static count: number = 0; protected abstract area(): number; abstract get label(): string; abstract readonly kind: string;
  constructor(public readonly name: string, protected _id = Shape.count++, private readonly opts?: T) {} describe(this: Shape<T>): string { return `${this.name}#${this._id}:${this.area()}:${this.label}`; } }
class Sq extends Shape<{ a: 1 }> implements Iterable<number> { readonly kind = 'sq' as const; private static readonly cache: Map<string, Sq> = new Map(); #secret: number = 4; declare ghost: string; side!: number; opt?: string; [key: string]: any; static [k: string]: any;
  constructor(side: number); constructor(side: string, extra?: boolean); constructor(side: any, public extra: any = null) { super('sq'); this.side = Number(side); }
  protected override area(): number { return this.side ** 2; } get label(): string { return 'L'; } set label(v: string) { void v; }
  *[Symbol.iterator](): Iterator<number> { yield this.side; yield this.#secret; } public async run<T>(x: T): Promise<T> { return x; } static { Sq.cache.set('k', new Sq(2)); } static get(k: string): Sq | undefined { return this.cache.get(k); }
  method?(): void; get<K extends keyof this>(k: K): this[K] { return this[k]; } ['computed' + 1](): number { return 1; } 'quoted'(): void {} 123(): void {} }
class Order { a = 1; b = this.a + 1; constructor(public c: number, d: number = c * 2, private e = d + 1) { this.f = this.b + c; } f: number; g; declare h: number; }
class Getter { static: number = 4; readonly: number = 5; declare: number = 6; abstract: number = 7; type = 8; private: number = 9; public = 10; async() { return 'a'; } of = 11; as = 12 }
const Anon = class<T> { constructor(public v: T) {} }; const Named = class Inner<T> extends Anon<T> { };
class Gen<in out T, const U extends readonly unknown[] = []> { x!: T; y!: U }
export default async function () {
  const s = new Sq(3); console.log(s.describe(), s.kind, [...s].join(), await s.run('ran'), Sq.get('k')?.side, s.get('side'), s.computed1(), JSON.stringify(s), 'ghost' in s, 'side' in s, 'opt' in s, Object.keys(s).join());
  const o = new Order(10); console.log(JSON.stringify(o), Object.keys(o).join(), 'g' in o, 'h' in o);
  const g = new Getter(); console.log(JSON.stringify(g), g.async.name); console.log(new Anon(5).v, new Named<string>('n').v, Anon.name, Named.name, Sq.name, Sq.length, Order.length, Shape.length);
  console.log(Object.keys(new Gen<number>()).join());
  try { new (Shape as any)('x').area(); } catch (e) { console.log((e as Error).name); }
  class Local { constructor(readonly a: number, override readonly b?: any) {} } console.log(JSON.stringify(new Local(1, 2)));
  const D = class { constructor(private x: number) {} get() { return this.x; } }; console.log(new D(6).get());
}
