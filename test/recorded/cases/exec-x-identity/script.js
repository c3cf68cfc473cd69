import exec from 'k6/execution';

export const options = { iterations: 2, thresholds: { iterations: ['count>0'] }, tags: { a: 'b' } };

export default function () {
  const v = exec.vu;
  const m = v.metrics;
  const t = exec.test;
  const o = t.options;
  console.log('vu', exec.vu === v, v.metrics === m, v.tags === v.tags, v.tags === m.tags, m.tags === m.tags, m.metadata === m.metadata);
  console.log('across', exec.vu.tags === v.tags, exec.vu.metrics === m, exec.vu.metrics.tags === m.tags);
  console.log('test', t.options === o, exec.test === t, t.abort === t.abort, o.thresholds === o.thresholds, o.scenarios === o.scenarios, o.tags === o.tags);
  m.mine = 1;
  console.log('written', v.metrics.mine, exec.vu.metrics.mine);
  m.tags.own = 'x';
  console.log('live', exec.vu.tags.own, v.tags.own, exec.vu.metrics.tags.own);
  delete exec.vu.tags.own;
  console.log('gone', m.tags.own, 'own' in v.tags);
  for (const [n, x] of Object.entries({ v, m, t, tags: m.tags, metadata: m.metadata, s: exec.scenario, i: exec.instance })) {
    console.log(n, Object.prototype.toString.call(x), Object.getPrototypeOf(x) === Object.prototype, Object.keys(x).sort().join());
  }
  console.log(Object.keys(v).length, JSON.stringify(m.tags.a), JSON.stringify({ ...m.metadata }));
  console.log(Object.isFrozen(o), Object.isFrozen(o.tags), Object.isExtensible(o), Object.isFrozen(o.scenarios));
}
