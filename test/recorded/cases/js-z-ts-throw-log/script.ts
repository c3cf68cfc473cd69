import { boom } from './lib.ts';
type A = {
  a: number
};
export const options = { iterations: 1 };
export default function (): void {
  boom<A>({ a: 1 });
}
