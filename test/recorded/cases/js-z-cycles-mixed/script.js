import { a, geta } from './a.js'; import * as c from './c.js'; const cj = require('./cj1.js'); import m from './mix1.js';
export default function () { console.log(a, geta(), c.fn(), JSON.stringify(cj), typeof m, JSON.stringify(m)); }
