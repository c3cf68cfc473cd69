import crypto from 'k6/crypto'; import * as ns from 'k6/crypto';
const show = (v) => (v instanceof ArrayBuffer ? `AB ${[...new Uint8Array(v)].join()}` : v instanceof Uint8Array ? `U8 ${[...v].join()}` : Array.isArray(v) ? `arr ${v.join()}` : `${typeof v} ${v}`);
const t = (what, f) => { try { console.log(what, show(f())); } catch (e) { console.log(what, 'threw', e.name, e.name === 'TypeError' ? '' : e.message); } };
const algs = ['md4', 'md5', 'sha1', 'sha256', 'sha384', 'sha512', 'sha512_224', 'sha512_256', 'ripemd160'];
export default function () {
  for (const a of algs) for (const e of ['hex', 'base64', 'base64url', 'base64rawurl', 'binary']) t(`${a} ${e}`, () => crypto[a]('some data ü', e));
  for (const a of algs) { t(`hash ${a}`, () => { const h = crypto.createHash(a); h.update('some '); h.update('data ü'); return h.digest('hex'); }); t(`hmac ${a}`, () => crypto.hmac(a, 'key', 'data', 'hex')); t(`hmac obj ${a}`, () => { const h = crypto.createHMAC(a, 'key'); h.update('data'); return h.digest('base64'); }); t(`empty ${a}`, () => crypto[a]('', 'hex')); }
  for (const e of ['hex', 'base64', 'base64url', 'base64rawurl', 'binary', 'HEX', '', undefined, null, 'utf8']) t(`hmac enc ${e}`, () => crypto.hmac('sha1', 'k', 'd', e));
  t('twice', () => { const h = crypto.createHash('md5'); h.update('a'); return `${h.digest('hex')} ${h.digest('hex')}`; }); t('after digest', () => { const h = crypto.createHash('md5'); h.update('a'); h.digest('hex'); h.update('b'); return h.digest('hex'); }); t('no update', () => crypto.createHash('sha1').digest('hex')); t('chain', () => typeof crypto.createHash('sha1').update('x')); t('keys', () => Object.keys(crypto.createHash('sha1')).sort().join()); t('json', () => JSON.stringify(crypto.createHash('sha1'))); t('digest none', () => crypto.createHash('sha1').digest()); t('digest bad', () => crypto.createHash('sha1').digest('x'));
  t('hexEncode', () => crypto.hexEncode('abc ü')); t('hexEncode ab', () => crypto.hexEncode(new Uint8Array([1, 255]).buffer)); t('hexEncode arr', () => crypto.hexEncode([1, 2])); t('hexEncode num', () => crypto.hexEncode(5)); t('hexEncode null', () => crypto.hexEncode(null)); t('hexEncode none', () => crypto.hexEncode()); t('hexEncode u8', () => crypto.hexEncode(new Uint8Array([16])));
  t('ns', () => Object.keys(ns).sort().join()); t('default', () => Object.keys(crypto).sort().join());
}
