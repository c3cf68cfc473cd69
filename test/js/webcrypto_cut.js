//# err: No script iterations
// Long work that is under way when its VU is cut short, and when the run ends: nobody waits for the result.
export const options = { scenarios: { cut: { executor: 'constant-vus', vus: 3, duration: '1s', gracefulStop: '0s' } } };
const b = new Uint8Array(8);

export default async function () {
  const key = await crypto.subtle.importKey('raw', b, 'PBKDF2', false, ['deriveBits']);
  const derive = () => crypto.subtle.deriveBits({ name: 'PBKDF2', salt: b, iterations: 3e6, hash: 'SHA-512' }, key, 256);
  derive();
  await derive();
}
