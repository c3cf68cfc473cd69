
const W = __ENV.W;
import { sleep, check, group, fail } from 'k6'; import http from 'k6/http'; import { Counter } from 'k6/metrics';
if (W === 'sleep') sleep(0.01);
if (W === 'check') check(1, { a: true });
if (W === 'group') group('g', () => console.log('in group'));
if (W === 'fail') fail('x');
if (W === 'http') http.get('http://127.0.0.1/');
if (W === 'add') new Counter('c').add(1);
if (W === 'opentwo') { console.log(open('./data.txt')); console.log(open('data.txt', 'b').byteLength); }
if (W === 'openbad') open('./none.txt');
if (W === 'openempty') open('');
if (W === 'openno') open();
if (W === 'iter') console.log(typeof __ITER, typeof __VU);
if (W === 'ref') nope();
if (W === 'throwstr') throw 'text';
if (W === 'throwobj') throw { a: 1 };
if (W === 'reject') Promise.reject(new Error('init rejected'));
if (W === 'tla') await Promise.reject(new Error('tla'));
if (W === 'timer') setTimeout(() => console.log('timer in init', __VU), 1);
if (W === 'vuonly' && __VU > 0) throw new Error('vu only');
export default function () { if (W === 'open') open('./data.txt'); console.log('ran'); }
