import { lib } from './lib.js';
export default function () { console.log(lib, typeof require, typeof global, typeof globalThis, (() => { try { return typeof module; } catch (e) { return e.name; } })() !== ''); }
