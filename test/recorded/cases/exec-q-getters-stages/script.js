import exec from 'k6/execution';
const read = (stage) => {
  const out = [];
  const t = (name, f) => { try { const v = f(); out.push(`${name}=${typeof v === 'object' ? (v === null ? 'null' : 'object') : v}`); } catch (e) { out.push(`${name}!${e.name}:${e.message}`); } };
  t('scenario', () => exec.scenario);
  for (const k of ['name', 'executor', 'iterationInInstance', 'iterationInTest']) t('s.' + k, () => exec.scenario[k]);
  t('s.startTime', () => typeof exec.scenario.startTime);
  t('s.progress', () => typeof exec.scenario.progress);
  t('instance', () => exec.instance);
  for (const k of ['iterationsInterrupted', 'iterationsCompleted', 'vusActive', 'vusInitialized']) t('i.' + k, () => exec.instance[k]);
  t('i.dur', () => typeof exec.instance.currentTestRunDuration);
  t('test', () => exec.test);
  t('t.options', () => exec.test.options);
  t('t.abort', () => typeof exec.test.abort);
  t('vu', () => exec.vu);
  for (const k of ['idInInstance', 'idInTest', 'iterationInInstance', 'iterationInScenario']) t('v.' + k, () => exec.vu[k]);
  t('v.tags', () => JSON.stringify(Object.entries(exec.vu.tags).sort()));
  t('v.m.tags', () => JSON.stringify(Object.entries(exec.vu.metrics.tags).sort()));
  t('v.m.meta', () => JSON.stringify(Object.entries(exec.vu.metrics.metadata).sort()));
  t('__VU', () => __VU);
  t('__ITER', () => __ITER);
  for (const l of out) console.log(stage, l);
};
read('init' + __VU);
export function setup() { read('setup'); }
export default function () { read('default'); }
export function teardown() { read('teardown'); }
export function handleSummary() { read('summary'); return {}; }
