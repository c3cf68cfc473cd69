// A module with state: every VU has its own.
export let count = 0;
export function up() {
  count++;
  return count;
}
export const loadedBy = __VU;
export default { name: 'counter' };
