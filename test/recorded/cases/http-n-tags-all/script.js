import http from 'k6/http';
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const J = JSON.stringify;
const so = (v) => Array.isArray(v) ? v.map(so) : v && typeof v === 'object' && !(v instanceof Date) && !(v instanceof ArrayBuffer) && typeof v.toJSON !== 'function' ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, so(v[k])])) : v;
const j = (v) => J(so(v));
const t = (n, f) => { try { console.log(n, j(f())); } catch (e) { console.log(n, 'threw', e instanceof Error ? e.name : typeof e, e instanceof TypeError ? '' : e && e.message); } };
import { group } from 'k6';
import exec from 'k6/execution';
export const options = { systemTags: ['proto', 'subproto', 'status', 'method', 'url', 'name', 'group', 'check', 'error', 'error_code', 'tls_version', 'scenario', 'service', 'expected_response', 'ip', 'ocsp_status'] , insecureSkipTLSVerify: true };
export default function () {
  http.get(T + '/get'); http.get(S + '/get'); http.get(T + '/status/404'); http.get('http://127.0.0.1:1/'); http.get(T + '/get', { tags: { a: 'b', name: 'N' } }); http.get(http.url`${T}/anything/${1}/${2}?q=${3}`); http.get(http.url`${T}/anything/x`, { tags: { name: 'over' } }); http.get(T + '/get', { tags: { url: 'U', method: 'M', status: 'S', proto: 'P', expected_response: 'E', ip: 'I', group: 'G', scenario: 'SC', tls_version: 'T', error: 'ERR', error_code: 'EC', check: 'C', vu: 'V', iter: 'IT' } });
  group('g1', () => { http.get(T + '/get'); group('g2', () => http.batch([T + '/ip', ['POST', T + '/post', 'x', { tags: { bt: '1' } }]])); });
  exec.vu.metrics.tags.vt = 'x'; http.get(T + '/get', { tags: { vt: 'y' } }); http.get(T + '/ip'); exec.vu.metrics.tags.name = 'vuname'; http.get(T + '/ip'); http.get(http.url`${T}/ip`); delete exec.vu.metrics.tags.name; 
  http.get(T.replace('//', '//u:p@') + '/get'); http.get(T.replace('//', '//u@') + '/get'); http.get(T + '/redirect/2'); http.get(T + '/get#frag'); http.get(T + '/get?a=1#frag'); http.get(http.url`${T.replace('//', '//u:p@')}/get`); http.get(http.url`${T}/redirect/2`); http.get(T + '/a b'); http.get(T); http.get(T + '/é'); http.get(T.replace('http', 'HTTP') + '/get');
  http.get(T + '/get', { tags: { n: 5, t: true, f: 1.5 } }); t('bad', () => http.get(T + '/get', { tags: { n: null } }).error); t('bad2', () => http.get(T + '/get', { tags: { o: {} } }).error); t('bad3', () => http.get(T + '/get', { tags: 'x' }).error); t('bad4', () => http.get(T + '/get', { tags: { u: undefined } }).error); t('arr', () => http.get(T + '/get', { tags: ['a', 'b'] }).error); t('empty', () => http.get(T + '/get', { tags: { '': 'x', e: '' } }).error); t('sym', () => http.get(T + '/get', { tags: { s: Symbol('q') } }).error); t('fn', () => http.get(T + '/get', { tags: { s: () => 1 } }).error); t('date', () => http.get(T + '/get', { tags: { s: new Date(0) } }).error); t('map', () => http.get(T + '/get', { tags: new Map([['a', 'b']]) }).error); t('big', () => http.get(T + '/get', { tags: { b: 5n } }).error); t('nan', () => http.get(T + '/get', { tags: { b: NaN } }).error); t('String', () => http.get(T + '/get', { tags: { b: new String('x') } }).error); t('throws', () => http.get(T + '/get', { tags: { get b() { throw new RangeError('x'); } } }).error); t('num', () => http.get(T + '/get', { tags: 5 }).error); t('null', () => http.get(T + '/get', { tags: null }).error);
}

