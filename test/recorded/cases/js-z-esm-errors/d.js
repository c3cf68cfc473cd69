import { nope } from 'k6'; export default function () { console.log(typeof nope); }
