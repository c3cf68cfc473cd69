import http from 'k6/http';
import { same } from './_expect.js';

//# tls
//# err: Request Failed

// Every error code that can be had without leaving this host, with the text that goes with it. (DNS: dns_test.c.)
const T = __ENV.TARGET, S = __ENV.TARGET_TLS;
const P = Number(T.split(':')[2]);
export const options = {
  blacklistIPs: ['127.9.0.0/16'],
  blockHostnames: ['*.blocked.test'],
  hosts: { 'black.test': '127.9.1.2', 'closed.test': '127.0.0.1:1' },
};

const seen = {};
function fails(code, text, url, params) {
  const r = http.get(url, { timeout: '10s', tags: { name: `${code}` }, ...params });
  same(url, [r.error_code, r.status, r.body, r.proto, Object.keys(r.headers), r.url], [code, 0, r.body, '', [], url]);
  if (text instanceof RegExp ? !text.test(r.error) : r.error !== text) throw new Error(`${url}: ${r.error}`);
  seen[code] = true;
}

export default function () {
  fails(1000, 'EOF', `${T}/faults/close`);
  fails(1000, 'unexpected EOF', `${T}/faults/truncate`);
  fails(1000, 'malformed MIME header: missing colon: "This line is no header"', `${T}/faults/badheader`);
  fails(1000, 'bad Content-Length "-5"', `${T}/faults/badlength`);
  fails(1000, 'invalid byte in chunk length', `${T}/faults/badchunk`);
  fails(1000, /^malformed HTTP/, `${T}/faults/garbage`);
  fails(1000, /^net\/http: server response headers exceeded/, `${T}/faults/endless-headers`);
  fails(1000, 'net/http: invalid header field value for "X"', `${T}/text`, { headers: { X: 'a\nb' } });
  fails(1050, 'request timeout', `${T}/faults/hang`, { timeout: 100 });
  fails(1050, 'request timeout', `${T}/faults/hang-body`, { timeout: 100 });
  fails(1110, 'ip is blacklisted', 'http://127.9.9.9/');
  fails(1110, 'ip is blacklisted', 'http://black.test/');
  fails(1111, 'hostname is blocked', 'http://a.blocked.test/');
  fails(1210, 'dial tcp: address 99999: invalid port', 'http://127.0.0.1:99999/');
  fails(1212, 'dial: connection refused', 'http://127.0.0.1:1/');
  fails(1212, 'dial: connection refused', 'http://closed.test/');
  fails(1213, /^dial: unknown errno \d+ error with msg `/, 'http://255.255.255.255/');
  fails(1220, 'read: connection reset by peer', `${T}/faults/reset`);
  fails(1220, 'read: connection reset by peer', `${T}/faults/reset-body`);
  fails(1301, 'tls: first record does not look like a TLS handshake', `https://127.0.0.1:${P}/`);
  fails(1310, 'x509: unknown authority', `${S}/text`);
  fails(1701, 'error decompressing response body (error decompressing response body (gzip: invalid header))', `${T}/faults/badgzip`);

  const bad = http.get('http://[');
  same('1020', [bad.error_code, bad.status, bad.url], [1020, 0, '']);
  for (const status of [400, 401, 404, 429, 500, 503, 599]) {
    const r = http.get(`${T}/status/${status}`);
    same(`${status}`, [r.error_code, r.error, r.status], [1000 + status, '', status]);
  }
  same('all', Object.keys(seen).join(), '1000,1050,1110,1111,1210,1212,1213,1220,1301,1310,1701');
  // And the VU goes on, on connections that are in order.
  same('after', [http.get(`${T}/text`).status, http.get(`${T}/text`).timings.connecting], [200, 0]);
}
