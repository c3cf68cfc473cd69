import { cjs } from './c.js';
export default function () { console.log(JSON.stringify(['\033[31mred\033[0m', '\101\102', '\0', '\08', '\7x', "\1'", '\400'])); console.log(JSON.stringify(cjs)); }
