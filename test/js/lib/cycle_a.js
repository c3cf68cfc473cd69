import { nameOfB } from './cycle_b.js';
export const name = 'a';
export function both() {
  return `${name}${nameOfB()}`;
}
