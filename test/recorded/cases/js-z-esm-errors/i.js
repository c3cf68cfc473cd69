import { x } from './amb.js'; export default function () { console.log(x); }
