import { b } from './cyc_b.ts'; export function a(): string { return `a${b()}`; } export const name: string = 'A';
