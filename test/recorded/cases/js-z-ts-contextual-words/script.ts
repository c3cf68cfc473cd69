var type = 1, declare: any = 2, namespace = 3, module1 = 4, abstract = 5, as = 6, from = 7, interface_ = 8, global = 9, satisfies = 10, asserts = 11
type
Foo = string
declare
var q: number = 1
abstract
class Cls { }
namespace
{ }
type = 2
declare = 3
let a = type
let b = as as number
let c = type as any as number
let d = <number>type < 5
const e = (type: number): number => type
const f = (as: any) => as as any
const g = { type, as, from, async: 1, get: 2, set: 3, declare: 4, readonly: 5, static: 6, type2: type, of: 7 }
function type2(type: string, declare = type) { return type + declare }
interface A { type: string, declare?: number; readonly: boolean
  get: string
  set(x: number): void
  async(): void
  new(): A }
class B { type = 1; declare = 2
  readonly x = 3
  static y
  z() { return 'z' }
  w() { return 'w' }
  static readonly static = 4
  readonly readonly = 5; declare declare: number; public public = 6 }
export default function () {
  console.log(a, b, c, d, e(4), f(5), JSON.stringify(g), type2('t'), type, declare)
  const inst = new B(); console.log(JSON.stringify(inst), typeof inst.z, typeof inst.w, B.static, 'y' in B)
  let x = a
  type Local = number
  const y = x as
    number
  console.log(y, typeof Cls)
  switch (x as number) { case 2 as number: console.log('two'); default: }
  for (const of of [1]) console.log(of)
  for (const as of [2] as number[]) console.log(as)
  const obj = { type: 'a' as const, as: 1 as number, async: async () => 1 }
  console.log(Object.keys(obj).join(), (async<number>(5)))
  if ((x as any) < 5 && (x as any) > 1) console.log('between')
}
function async<T>(x: T) { return x }
