import exec from 'k6/execution';
export const options = { iterations: 3, thresholds: { 'iterations{kind:odd}': ['count==1'], 'iteration_duration{kind:even}': ['max>=0'] } };
export default function () { exec.vu.metrics.tags.kind = __ITER % 2 ? 'odd' : 'even'; if (__ITER === 2) { exec.vu.metrics.tags.last = 'yes'; throw new Error('x'); } }
