import { thing } from './lib.js';
const x: number = 5;
interface A { b: string }
export default function (data: any): void { console.log(x as number, thing<number>(3), typeof data); }
