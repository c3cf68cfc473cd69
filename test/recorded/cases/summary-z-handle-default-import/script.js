
import { check } from 'k6'; import { textSummary } from './ts.js';
export default function () { check(1, { a: true }); }
export function handleSummary(d) { return { stdout: textSummary(d), 'r/x.json': JSON.stringify(d.metrics.checks.values), 'x.html': '<p>', stderr: 'err\n' }; }
