import { sleep } from 'k6';
export const options = { scenarios: {
  a: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s', exec: 'a' },
  b: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '0s', exec: 'b' },
  c: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: '500ms', exec: 'c' } } };
export function a() { setTimeout(() => console.log('a late'), 2000); setInterval(() => {}, 3000); }
export function b() { setTimeout(() => console.log('b late'), 2500); sleep(4); }
export async function c() { try { await new Promise((r) => setTimeout(r, 3000)); console.log('c'); } catch (e) { console.log('caught'); } finally { console.log('finally'); } }
