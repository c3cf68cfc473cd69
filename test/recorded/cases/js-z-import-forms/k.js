import { a } from "./lib.js"
import d from './lib.js'
export const options = { iterations: 1 }
export default function () { console.log(a, d) }
;[1].forEach((x) => x)
