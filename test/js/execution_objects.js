// k6/execution: what its objects hold, when they can be had, and what can't be changed.
import exec from 'k6/execution';
import * as all from 'k6/execution';
import { scenario, vu as me, instance } from 'k6/execution';
import { sleep } from 'k6';
import { same, throws } from './_expect.js';

//# args: --tag t=v
//# err: msg="?handleSummary"? source=console
//# not-err: level=error

export const options = {
  scenarios: {
    one: { executor: 'per-vu-iterations', vus: 1, iterations: 3 },
    two: { executor: 'shared-iterations', vus: 2, iterations: 4, startTime: '300ms', exec: 'two' },
  },
};

same('the names', Object.keys(exec), ['instance', 'scenario', 'test', 'vu']);
same('the namespace', Object.keys(all), ['instance', 'scenario', 'test', 'vu']);
throws('named scenario at init', () => scenario.name, 'outside of the VU context');
throws('named vu at init', () => me.idInTest, 'VU information in the init context');
throws('named vu.tags at init', () => me.tags, 'VU information in the init context');
if (__VU > 0) {
  // Of VU 0, setup's init code may look at the instance: execution_init_instance.js.
  throws('named instance at init', () => instance.vusActive, 'instance information in the init context');
  throws('instance at init', () => exec.instance, 'getting instance information in the init context is not supported');
}
throws('scenario at init', () => exec.scenario, 'getting scenario information outside of the VU context is not supported');
throws('vu at init', () => exec.vu, 'getting VU information in the init context is not supported');
throws('options at init', () => exec.test.options, 'getting test options in the init context is not supported');
throws('fail at init', () => exec.test.fail('x'), 'outside of VU context');
throws('assigning at init', () => { exec.vu = 1; }, '');
const { abort } = exec.test;
same('abort may be kept', typeof abort, 'function');

export function setup() {
  same('vu in setup', [exec.vu.idInInstance, exec.vu.idInTest, exec.vu.iterationInInstance, exec.vu.iterationInScenario], [0, 0, 0, 0]);
  same('tags in setup', { ...exec.vu.tags }, { group: '::setup', t: 'v' });
  throws('scenario in setup', () => exec.scenario.name, 'outside of the VU context');
  throws('its iteration in setup', () => exec.scenario.iterationInTest, 'outside of the VU context');
  same('instance in setup', [exec.instance.iterationsCompleted, exec.instance.vusActive], [0, 0]);
}

export default function () {
  const { vu, scenario: s, instance: i } = exec;
  same('named imports', [me.idInTest === vu.idInTest, scenario.name === s.name, instance.vusActive >= 1, all.vu.idInTest === vu.idInTest], [true, true, true, true]);
  same('a new object each time', [me === vu, exec.vu === vu, exec.scenario === s], [false, false, false]);
  exec.vu.mine = 1;
  exec.vu.tags = { none: 1 };
  same('what is written to it is gone', [exec.vu.mine, exec.vu.tags.none, Object.keys(exec.vu).includes('mine')], [undefined, undefined, false]);
  exec.vu.metrics.mine = 1;
  me.metrics.mine = 1;
  same('likewise to what is in it', [exec.vu.metrics.mine, me.metrics.mine], [undefined, undefined]);
  const { options } = exec.test;
  same('which is new each time', [exec.vu.metrics === vu.metrics, exec.vu.tags === vu.tags, me.tags === me.tags, exec.test.options === options], [false, false, false, false]);
  same('but not of one vu', [vu.metrics === vu.metrics, vu.tags === vu.metrics.tags, vu.metrics.metadata === vu.metrics.metadata], [true, true, false]);
  same('options are frozen', [Object.isFrozen(options), Object.isFrozen(options.tags), options.tags === options.tags], [true, true, true]);
  const kept = exec.vu;
  kept.mine = 2;
  same('but for who keeps it', kept.mine, 2);
  same('tags are a plain property', Object.getOwnPropertyDescriptor(vu, 'tags').writable, true);
  same('the vu', [vu.idInInstance === __VU, vu.idInTest === __VU], [true, true]);
  same('its iterations', [vu.iterationInInstance, vu.iterationInScenario], [__ITER, __ITER]);
  same('the scenario', [s.name, s.executor, s.iterationInInstance, s.iterationInTest], ['one', 'per-vu-iterations', __ITER, __ITER]);
  same('completed', i.iterationsCompleted >= __ITER, true); // the other scenario may have begun
  same('vus', [i.vusActive >= 1 && i.vusActive <= 3, i.vusInitialized], [true, 3]);
  const before = i.currentTestRunDuration;
  sleep(0.002);
  same('time goes on', i.currentTestRunDuration >= before + 1.9, true);
  same('progress', s.progress, __ITER / 3);
  same('the start', Math.abs(Date.now() - s.startTime) < 60000 && Number.isInteger(s.startTime), true);
  same('the keys', [Object.keys(vu).sort().join(), Object.keys(i).length, Object.keys(s).length],
    ['idInInstance,idInTest,iterationInInstance,iterationInScenario,metrics,tags', 5, 6]);
  throws('assigning an id', () => { vu.idInTest = 9; }, '');
  throws('assigning a counter', () => { exec.instance.vusActive = 9; }, '');
  throws('assigning an object', () => { exec.scenario = {}; }, '');

  const o = exec.test.options;
  same('frozen', [Object.isFrozen(o), Object.isFrozen(o.scenarios.one)], [true, true]);
  throws('changing options', () => { o.scenarios.one.vus = 9; }, '');
  same('shortcuts', ['vus' in o, 'iterations' in o, 'duration' in o, 'stages' in o], [false, false, false, false]);
  same('unset options', [o.setupTimeout, o.consoleOutput, o.localIPs, o.batch], [null, null, null, null]);
  same('options', [o.tags, o.scenarios.two.startTime, o.scenarios.one.env], [{ t: 'v' }, '300ms', null]);
}

export function two() {
  same('numbers of two', exec.scenario.iterationInTest < 4 && exec.vu.iterationInScenario < 4, true);
  same('name of two', exec.scenario.name, 'two');
}

export function teardown() {
  throws('instance in teardown', () => exec.instance, 'instance information');
  throws('scenario in teardown', () => exec.scenario.progress, 'outside of the VU context');
  same('group in teardown', exec.vu.tags.group, '::teardown');
}

export function handleSummary() {
  throws('instance in handleSummary', () => exec.instance, 'instance information');
  same('options in handleSummary', exec.test.options.tags.t, 'v');
  console.log('handleSummary');
  return {};
}
