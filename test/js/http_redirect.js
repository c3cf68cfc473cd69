import http from 'k6/http';
import { same } from './_expect.js';

//# not-err: level=error
//# err: Stopped after 11 redirects

const T = __ENV.TARGET;
export const options = { thresholds: { 'http_reqs{status:302,name:r}': ['count==3'], 'http_reqs{status:200,name:r}': ['count==1'] } };

export default function () {
  const r = http.get(`${T}/redirect/3`, { tags: { name: 'r' } });
  same('followed', [r.status, r.url, r.request.url], [200, `${T}/text`, `${T}/redirect/3`]);
  same('not', [http.get(`${T}/redirect/3`, { redirects: 0 }).status, http.get(`${T}/redirect/3`, { redirects: 2 }).status], [302, 302]);
  same('too many', http.get(`${T}/redirect/20`).status, 302);
  same('post becomes get', http.post(`${T}/redirect-to?url=/echo&status=303`, 'x').json('method'), 'GET');
  same('post stays', (({ method, body }) => [method, body])(http.post(`${T}/redirect-to?url=/echo&status=307`, 'x').json()), ['POST', 'x']);
}
