const hex = (b) => [...new Uint8Array(b)].map((x) => x.toString(16).padStart(2, '0')).join('');
const t = async (what, f) => { try { console.log(what, await f()); } catch (e) { console.log(what, 'threw', e.name); } };
const d = new TextEncoder().encode('data');
export default async function () {
  for (const a of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'sha-256', 'Sha-512', 'MD5', 'SHA256', '', 'SHA-224', { name: 'SHA-256' }, { name: 'sha-1' }, { name: 'x' }, {}]) await t(JSON.stringify(a), async () => hex(await crypto.subtle.digest(a, d)));
  for (const [k, v] of Object.entries({ ab: d.buffer, u8: d, empty: new Uint8Array(0), u16: new Uint16Array([1, 2]), f32: new Float32Array([1]), str: 'data', arr: [1, 2], obj: {}, nul: null, undef: undefined, num: 5 })) await t(k, async () => { const r = await crypto.subtle.digest('SHA-256', v); return `${r instanceof ArrayBuffer} ${hex(r)}`; });
  const p = crypto.subtle.digest('SHA-1', d); console.log(p instanceof Promise, typeof p.then, (await p).byteLength); const c = d.slice(); const q = crypto.subtle.digest('SHA-1', c); c[0] = 0; console.log(hex(await q)); console.log((await Promise.all([1, 2, 3].map((n) => crypto.subtle.digest('SHA-256', new Uint8Array(n))))).map((x) => hex(x).slice(0, 8)).join());
}
