import { data, bytes } from './sub/data.js'; import { SharedArray } from 'k6/data';
const text = open('./a.json'), parsed = JSON.parse(text), bin = open('./a.json', 'b'); const arr = new SharedArray('o', () => JSON.parse(open('./a.json')).list);
export const options = { scenarios: { a: { executor: 'per-vu-iterations', vus: 2, iterations: 1 } } };
export default function () { if (__VU !== 1) return; console.log(text.length, parsed.list.length, bin.byteLength, new Uint8Array(bin)[0], data.trim(), bytes.byteLength, arr.length, arr[1].b, new TextDecoder().decode(bin) === text, bin instanceof ArrayBuffer, Object.prototype.toString.call(bin), bin.slice(0, 3).byteLength); parsed.list.push(1); new Uint8Array(bin)[0] = 0; }
export function setup() { return text.length; }
