import http from 'k6/http';
export const options = { insecureSkipTLSVerify: true };
const T = __ENV.TARGET_TLS;
export default function () {
  for (const s of [200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 299, 300, 304, 305, 306, 310, 400, 402, 404, 413, 414, 416, 418, 419, 421, 422, 425, 429, 431, 451, 499, 500, 501, 505, 506, 508, 510, 511, 599, 600, 700, 999]) {
    const r = http.get(T + '/status/' + s, { redirects: 0 });
    console.log([r.status, r.status_text, r.error, r.error_code, r.body, r.proto].join('|'));
  }
}
