import * as c from './c.js'; export function fn2() { return `d${c.name}`; }
