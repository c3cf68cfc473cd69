import { a } from './cyc1.js'; export default function () { console.log(a); }
