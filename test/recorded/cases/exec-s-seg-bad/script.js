import exec from 'k6/execution';
export const options = { iterations: 4, vus: 4 };
if (__ENV.O !== undefined) options.executionSegment = __ENV.O;
if (__ENV.Q !== undefined) options.executionSegmentSequence = __ENV.Q;
export default function () { if (exec.scenario.iterationInInstance === 0) console.log(exec.test.options.executionSegment, exec.test.options.executionSegmentSequence); }
