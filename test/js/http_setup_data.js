// What k6 shows by the names of its own language's fields in the data of setup(), and what not.
import http from 'k6/http';
import { same } from './_expect.js';

const T = __ENV.TARGET;

export function setup() {
  const r = http.get(`${T}/text`, { cookies: { q: '1' } });
  return { sent: r.request.cookies, timings: Object.keys(r.timings), all: r.timings, request: r.request, file: http.file('d', 'n', 't'), url: http.url`http://a/${1}` };
}

export default function (data) {
  same('cookies', data.sent, { q: [{ Name: 'q', Replace: false, Value: '1' }] });
  same('a file', data.file, { ContentType: 't', Data: 'd', Filename: 'n' });
  same('a url', data.url, { CleanURL: 'http://a/1', Name: 'http://a/${}', URL: 'http://a/1' });
  same('timings', Object.keys(data.all), data.timings.sort());
  same('a request', Object.keys(data.request), ['body', 'cookies', 'headers', 'method', 'url']);
}
