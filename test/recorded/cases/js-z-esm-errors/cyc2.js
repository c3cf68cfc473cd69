import { a } from './cyc1.js'; export const b = `b${a}`;
