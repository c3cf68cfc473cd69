import { name } from './cyc_a.ts'; export function b(): string { return `b${name}`; }
