import { x } from './bad.ts';
export default function () { console.log(x); }
