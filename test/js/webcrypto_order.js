import { sleep } from 'k6';
import { same } from './_expect.js';

// Promises settle in the event loop, not within the jobs that run now; long work leaves the other VUs alone.
export const options = { vus: 4, iterations: 4 };
const b = new Uint8Array(8);

export default async function () {
  const order = [];
  const digest = crypto.subtle.digest('SHA-1', b).then(() => order.push('digest'));
  Promise.resolve().then(() => order.push('job')).then(() => order.push('next job'));
  order.push('now');
  await digest;
  same('order', order, ['now', 'job', 'next job', 'digest']);

  const key = await crypto.subtle.importKey('raw', b, 'PBKDF2', false, ['deriveBits']);
  const derive = () => crypto.subtle.deriveBits({ name: 'PBKDF2', salt: b, iterations: 20000, hash: 'SHA-256' }, key, 256);
  const all = await Promise.all([derive(), derive(), crypto.subtle.digest('SHA-1', new Uint8Array(1 << 20)), derive()]);
  same('lengths', all.map((x) => x.byteLength), [32, 32, 20, 32]);
  sleep(0.01);
}
