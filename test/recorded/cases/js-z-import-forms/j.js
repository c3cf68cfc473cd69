import * as lib from './lib.js'; export default function () { console.log(Object.keys(lib).sort().join(), lib.default, { ...lib }.a, 'a' in lib, Reflect.ownKeys(lib).length); }
