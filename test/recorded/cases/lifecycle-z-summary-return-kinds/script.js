
const V = { str: 'x', num: 5, arr: ['a'], fn: () => 1, map: new Map([['stdout', 'm']]), date: new Date(0), prom: Promise.resolve({ stdout: 'p' }), obj: { stdout: { a: 1 } }, nul: { stdout: null }, und: { stdout: undefined }, num2: { stdout: 5 }, ab: { stdout: new Uint8Array([65, 10]).buffer }, ta: { stdout: new Uint8Array([66, 10]) }, dv: { stdout: new DataView(new ArrayBuffer(1)) }, i16: { stdout: new Int16Array([67]) }, empty: { '': 'x' }, both: { stdout: 'o\n', stderr: 'e\n', 'f.txt': 'file' }, mixed: { stdout: 'o\n', bad: 5 }, boxed: { stdout: new String('boxed') }, t: true, sym: { [Symbol('x')]: 'y', stdout: 's\n' } };
export default function () {}
export function handleSummary() { return V[__ENV.W]; }
