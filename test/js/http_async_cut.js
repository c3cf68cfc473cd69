//# err: No script iterations
import http from 'k6/http';

// Requests that are under way when the VU is cut short: sent by it, beside it, and in a batch.
export const options = { scenarios: Object.fromEntries(['plain', 'beside', 'batch'].map((exec) => [exec, { executor: 'constant-vus', vus: 3, duration: '1s', gracefulStop: '0s', exec }])) };
const slow = `${__ENV.TARGET}/faults/hang`;

export function plain() {
  http.get(slow);
}

export async function beside() {
  http.asyncRequest('GET', slow);
  await http.asyncRequest('GET', slow);
}

export function batch() {
  http.batch(Array(9).fill(slow));
}
