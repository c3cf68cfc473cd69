//# args: --workers 3
//# err: level=info msg="torn down"
import exec from 'k6/execution';
import { sleep } from 'k6';
import { Counter } from 'k6/metrics';
import { same } from './_expect.js';

// Every executor beside the others, each with its own function, environment and tags.
const hits = new Counter('hits');
const own = (name, more) => ({ exec: 'work', env: { NAME: name }, tags: { own: name }, gracefulStop: '5s', ...more });
export const options = {
  scenarios: {
    shared: own('shared', { executor: 'shared-iterations', vus: 3, iterations: 10, maxDuration: '30s' }),
    per_vu: own('per_vu', { executor: 'per-vu-iterations', vus: 3, iterations: 4 }),
    constant: own('constant', { executor: 'constant-vus', vus: 2, duration: '1s' }),
    ramping: own('ramping', { executor: 'ramping-vus', startVUs: 1, stages: [{ duration: '300ms', target: 3 }, { duration: '700ms', target: 1 }], gracefulRampDown: '5s' }),
    rate: own('rate', { executor: 'constant-arrival-rate', rate: 20, timeUnit: '1s', duration: '1s', preAllocatedVUs: 10, maxVUs: 10 }),
    ramping_rate: own('ramping_rate', { executor: 'ramping-arrival-rate', startRate: 10, timeUnit: '1s', preAllocatedVUs: 10, stages: [{ duration: '1s', target: 10 }] }),
    later: own('later', { executor: 'shared-iterations', vus: 1, iterations: 1, startTime: '1200ms', exec: 'last' }),
  },
  thresholds: {
    'iterations{scenario:shared}': ['count==10'],
    'iterations{scenario:per_vu}': ['count==12'],
    'hits{scenario:per_vu,own:per_vu}': ['count==12'],
    'iterations{scenario:constant}': ['count>2'],
    'iterations{scenario:ramping}': ['count>2'],
    'iterations{scenario:later}': ['count==1'],
    'hits{own:later}': ['count==1'],
  },
};

export function work() {
  same('scenario', [exec.scenario.name, exec.vu.tags.own, exec.vu.tags.scenario], [__ENV.NAME, __ENV.NAME, __ENV.NAME]);
  same('executor', exec.scenario.executor.startsWith(__ENV.NAME.split('_')[0]) || __ENV.NAME.includes('rate'), true);
  hits.add(1);
  sleep(0.01);
}

export function last() {
  same('later', [__ENV.NAME, exec.scenario.iterationInTest], ['later', 0]);
  hits.add(1);
}

export function teardown() {
  console.log('torn down');
}
