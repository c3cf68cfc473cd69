import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const err = (e) => (['TypeError', 'ReferenceError', 'SyntaxError', 'RangeError'].includes(e && e.name) ? e.name : `${e && e.name}: ${e && e.message}`);
const show = (what, f) => { try { const v = f(); console.log(what, v === undefined ? 'undefined' : JSON.stringify(v)); } catch (e) { console.log(what, 'threw', err(e)); } };
const sort = (v) => (Array.isArray(v) ? v.map(sort) : v && typeof v === 'object' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
export default function () {
  for (const f of ['reset', 'resetearly', 'close', 'halfheaders', 'truncate', 'truncatechunk', 'badstatus', 'shortstatus', 'badproto', 'badheader', 'badlength', 'twolengths', 'badte', 'garbage', 'badchunk', 'badgzip', 'baddeflate', 'badbr', 'badzstd', 'shortgzip', 'emptygzip', 'badlocation', 'ftplocation', 'upgrade'])
    show(f, () => { try { return http.get(`${T}/fault/${f}`, { throw: true }).status; } catch (e) { return [e.name, String(e).replace(/\d{5}->/g, 'N->').split(T).join('T').split(T.slice(7)).join('H'), e instanceof Error, typeof e.stack, Object.keys(e)]; } });
  show('refused', () => http.get('http://127.0.0.1:1/', { throw: true }));
  show('badurl', () => http.get('http://[', { throw: true }).error);
  show('scheme', () => http.get('ftp://a', { throw: true }).error);
  show('pw', () => http.get('http://u:p@127.0.0.1:1/a b?c d#e f', { throw: true }).error);
  show('post', () => http.post('http://127.0.0.1:1/', 'x', { throw: true }).error);
  show('custom', () => http.request('pUrGe', 'http://127.0.0.1:1/', 'x', { throw: true }).error);
}
