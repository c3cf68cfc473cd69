import { b } from './cyc2.js'; export const a = `a${b}`;
