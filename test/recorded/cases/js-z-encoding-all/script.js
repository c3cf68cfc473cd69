import encoding, { b64encode, b64decode } from 'k6/encoding';
const hex = (b) => (b instanceof ArrayBuffer ? `AB ${[...new Uint8Array(b)].map((x) => x.toString(16).padStart(2, '0')).join('')}` : typeof b === 'string' ? JSON.stringify(b) : `${typeof b} ${b}`);
const t = (what, f) => { try { console.log(what, hex(f())); } catch (e) { console.log(what, 'threw', e.name, e.name === 'TypeError' ? '' : e.message); } };
const inputs = { empty: '', a: 'a', ab: 'ab', abc: 'abc', uni: 'ü€😀', url: '??>>~~', nul: 'a\u0000b', surrogate: '\ud800x', bin: new Uint8Array([0, 255, 254, 128]).buffer, u8: new Uint8Array([250, 251, 252]), sub: new Uint8Array([1, 2, 3, 4]).subarray(1, 3), u16: new Uint16Array([1, 256]), num: 5, float: 1.5, nul2: null, undef: undefined, bool: true, arr: [1, 2], obj: { a: 1 }, bools: [true], strs: ['a'], date: new Date(0), dv: new DataView(new ArrayBuffer(2)), big: 5n };
export default function () {
  for (const [k, v] of Object.entries(inputs)) for (const enc of [undefined, 'std', 'rawstd', 'url', 'rawurl', 'nope', null]) if (enc !== 'nope' && enc !== null || k === 'a') t(`encode ${k} ${enc}`, () => b64encode(v, enc));
  for (const s of ['', 'YQ==', 'YQ', 'YWI=', 'YWJj', 'Pz8-Pn5-', 'Pz8+Pn5+', ' YQ==', 'YQ==\n', 'Y Q==', 'Y\nQ=\r\n=', 'Y', 'YQ=', 'YQ===', '=', '!!!!', 'gA==', '/////w==', 'YR==', 'ü']) for (const enc of [undefined, 'std', 'rawstd', 'url', 'rawurl']) t(`decode ${JSON.stringify(s)} ${enc}`, () => b64decode(s, enc, 's'));
  for (const f of [undefined, 's', 'b', '', 'S', null, 5, 'x']) t(`format ${f}`, () => b64decode('gGE=', 'std', f));
  for (const v of [null, undefined, 5, true, {}, [], ['YQ=='], new Uint8Array([89, 81, 61, 61]), new Uint8Array([89, 81, 61, 61]).buffer]) t(`decode of ${Object.prototype.toString.call(v)}`, () => b64decode(v, 'std', 's'));
  t('no args', () => b64encode()); t('no args', () => b64decode()); t('default', () => encoding.b64encode('x')); t('nope', () => b64decode('YQ==', 'nope')); t('round', () => b64decode(b64encode('round ü'), 'std', 's')); t('round binary', () => b64decode(b64encode(new Uint8Array([9, 200]).buffer)));
}
