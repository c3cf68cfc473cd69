import { a } from './lib.js'; export default function () { try { a = 5; } catch (e) { console.log(e.name); } }
