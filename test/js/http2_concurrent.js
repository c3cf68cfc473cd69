// Streams of one connection run at the same time: batch and asyncRequest.
import http from 'k6/http';
import { same } from './_expect.js';

export const options = { insecureSkipTLSVerify: true, batchPerHost: 50, batch: 50 };
const T = __ENV.TARGET_TLS;
const connected = (rs) => rs.filter((r) => r.timings.connecting > 0).length;

export default async function () {
  const cold = http.batch([...Array(6).keys()].map(() => ['GET', `${T}/delay/50`]));
  same('one dial for all', [connected(cold), cold.map((r) => r.status + r.proto)], [1, Array(6).fill('200HTTP/2.0')]);
  let began = Date.now();
  const many = http.batch([...Array(50).keys()].map((i) => ['POST', `${T}/echo?i=${i}`, `body ${i}`]));
  same('each its answer', many.map((r) => r.json('body')), [...Array(50).keys()].map((i) => `body ${i}`));
  same('at the same time', http.batch([...Array(50).keys()].map(() => ['GET', `${T}/delay/200`])).every((r) => r.status === 200), true);
  same('not in turn', Date.now() - began < 50 * 200, true);
  began = Date.now();
  const all = await Promise.all([...Array(100).keys()].map(() => http.asyncRequest('GET', `${T}/delay/200`)));
  same('promises', [all.length, connected(all), Date.now() - began < 100 * 200], [100, 0, true]);
  // More than the 128 streams that the target takes at a time: the rest gets two more connections.
  const crowd = await Promise.all([...Array(300).keys()].map(() => http.asyncRequest('GET', `${T}/delay/20`)));
  same('a crowd', [crowd.every((r) => r.status === 200), connected(crowd)], [true, 2]);
  same('some waited for a dial', crowd.filter((r) => r.timings.blocked > 0).length > 2, true);
}
