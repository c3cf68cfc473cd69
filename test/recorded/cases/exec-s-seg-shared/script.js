import exec from 'k6/execution';
export const options = { scenarios: { s: { executor: 'shared-iterations', vus: 4, iterations: 11 } } };
const m = {};
export default function () { console.log(exec.scenario.iterationInTest, exec.scenario.iterationInInstance, exec.vu.idInTest <= 4); }
export function setup() { const o = exec.test.options; console.log(o.executionSegment, o.executionSegmentSequence); }
