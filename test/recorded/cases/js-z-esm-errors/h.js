export { nope } from './lib.js'; export default function () { }
