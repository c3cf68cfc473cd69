import { red, plain } from './lib/octal.js';
import { same } from './_expect.js';

// Octal escapes, which strict code may not have and k6 takes.
export default function () {
  same('escapes', ['\033[31m', '\101\8', "\0", '\08', `${'\7'}`], ['\x1b[31m', 'A8', '\u0000', '\u00008', '\u0007']);
  same('behind letters of several bytes', ['äöü€😀' + '\101', `é` + /ß/.source + '\7'], ['äöü€😀A', 'éß\u0007']);
  same('in other modules', [red, plain], ['\x1b[31m', 'plain']);
  same('places', new Error('x').stack.includes('core_octal.js:9:'), true);
}
