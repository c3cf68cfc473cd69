const enc = (s) => new Uint8Array([...s].map((c) => c.charCodeAt(0)));
const V = [
  () => undefined, () => null, () => ({}), () => 'text', () => 5, () => [], () => ['a'], () => ({ stdout: 5 }), () => ({ stdout: 'ok\n', stderr: 'err\n', 'out.txt': 'file' }),
  () => ({ stdout: enc('bytes\n').buffer }), () => ({ stdout: enc('bytes\n') }), () => ({ 'out.txt': null }), () => ({ 'out.txt': '' , stdout: ''}), async () => ({ stdout: 'async\n' }), () => new Map([['stdout', 'map\n']]), () => ({ 'nodir/deep/x.txt': 'a', stdout: 'still\n' }),
];
export default function () {}
export function handleSummary() { return V[__ENV.W](); }
