import './first.js';
import { setTimeout as later } from 'k6/experimental/timers';
console.log('never');
export default function () { later(() => console.log('never'), 1); }
