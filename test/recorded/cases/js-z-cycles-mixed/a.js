import { b, getb } from './b.js'; export const a = 'a'; export function geta() { return `a(${getb()})`; }
