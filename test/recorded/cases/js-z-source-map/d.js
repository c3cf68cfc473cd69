import './a.js'; import { x } from './lib.js'; export default function () { console.log('imports', x); }
