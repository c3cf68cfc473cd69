import { open, SeekMode } from 'k6/experimental/fs';
const f = await open('data.bin'); const g = await open('data.bin');
export const options = { vus: 1, iterations: 2 };
const all = async (h, n) => { const b = new Uint8Array(n); let s = ''; for (;;) { const c = await h.read(b); if (c === null) return s; s += String.fromCharCode(...b.subarray(0, c)); } };
export default async function () { console.log(__ITER, (await all(f, 3)).length, (await all(g, 1000)).length, await f.read(new Uint8Array(1))); await f.seek(0, SeekMode.Start); const [a, b] = await Promise.all([f.read(new Uint8Array(2)), g.seek(0, SeekMode.Start)]); console.log(a, b); const parts = await Promise.all([1, 2, 3].map(async () => { const x = new Uint8Array(2); const n = await f.read(x); return `${n}${String.fromCharCode(...x)}`; })); console.log(parts.sort().join()); await f.seek(0, SeekMode.Start); const { name, size } = await f.stat(); console.log(name, size); }
