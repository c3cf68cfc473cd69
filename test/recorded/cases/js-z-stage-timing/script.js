import './one.js'; import { two } from './two.js'; const three = require('./three.js');
console.log('main', __VU, two, three.v); export const options = { vus: 1, iterations: 1 };
export function setup() { console.log('setup', __VU); } export default function () { console.log('default', __VU, __ITER); } export function teardown() { console.log('teardown', __VU); } export function handleSummary() { console.log('summary', __VU); return {}; }
