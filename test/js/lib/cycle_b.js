import { name as nameOfA } from './cycle_a.js';
const name = 'b';
export function nameOfB() {
  return name;
}
export function seen() {
  return `${nameOfA}${name}`;
}
