import { same, throws } from './_expect.js';

// What require() and import.meta.resolve() refuse, in every VU alike.
const name = (fn) => {
  try {
    return typeof fn();
  } catch (e) {
    return e.name;
  }
};
for (let again = 0; again < 2; again++) {
  throws('no JavaScript', () => require('./lib/broken.js'), '/lib/broken.js: Line 1:13 ');
  same('is no SyntaxError', name(() => require('./lib/broken.js')), 'GoError');
}
throws('a folder', () => require('./lib/'), 'js/lib: is a directory');
same('without the last slash', (() => { try { require('./lib/'); } catch (e) { return e.message.includes('lib/'); } })(), false);
throws('another scheme', () => require('http://127.0.0.1:1/x.js'), 'file and https, http://127.0.0.1:1/x.js has `http`');
throws('a module of old', () => require('k6/experimental/redis'), 'k6/experimental/redis any more: import k6/x/redis');
throws('no such module', () => require('k6/nope'), 'k6/nope');
for (const nothing of [undefined, null, '']) throws('nothing', () => import.meta.resolve(nothing), "require() can't be used with an empty specifier");

export const options = { vus: 2, iterations: 2 };
export default function () {}
