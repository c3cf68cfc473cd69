import exec from 'k6/execution';
import type { Foo } from 'k6/crypto';
export const b: number = exec ? 1 : 2;
export default function (): void {}
