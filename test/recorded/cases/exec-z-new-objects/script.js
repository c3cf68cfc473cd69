
import exec from 'k6/execution';
const t = (n, f) => { try { console.log(n, JSON.stringify(f())); } catch (e) { console.log(n, 'threw', e.name); } };
export default function () {
  t('identity', () => [exec.vu === exec.vu, exec.scenario === exec.scenario, exec.instance === exec.instance, exec.test === exec.test]);
  t('metrics identity', () => { const v = exec.vu; return [v.metrics === v.metrics, v.tags === v.tags, v.metrics.tags === v.tags]; });
  t('write scenario', () => { exec.scenario.foo = 1; return exec.scenario.foo === undefined; });
  t('write test', () => { exec.test.foo = 1; return exec.test.foo === undefined; });
  t('kept', () => { const s = exec.scenario; s.foo = 1; return s.foo; });
  t('set name', () => { const s = exec.scenario; s.name = 'x'; return s.name; });
  t('delete', () => { const s = exec.vu; return delete s.tags; });
  t('delete getter', () => { const s = exec.vu; return delete s.idInTest; });
  t('define', () => { const s = exec.vu; Object.defineProperty(s, 'idInTest', { value: 3 }); return s.idInTest; });
  t('replace tags', () => { const v = exec.vu; v.tags = { a: 'b' }; return [v.tags, exec.vu.tags.a === undefined]; });
  t('replace metrics', () => { const v = exec.vu; v.metrics = 5; return [v.metrics, typeof exec.vu.metrics]; });
  t('frozen', () => { const v = Object.freeze(exec.vu); return [Object.isFrozen(v), Object.isFrozen(exec.vu)]; });
  t('proto', () => [Object.getPrototypeOf(exec.vu) === Object.prototype, Object.prototype.toString.call(exec.vu), String(exec.scenario)]);
  t('keys order', () => Object.keys(exec.vu).sort());
  t('in', () => ['idInTest' in exec.vu, 'nope' in exec.vu, exec.vu.nope === undefined]);
  t('entries', () => Object.entries(exec.scenario).map(([k, v]) => k + typeof v).sort());
  t('destructured', () => { const { vu: { idInTest }, scenario: { name } } = exec; return [idInTest, name]; });
  t('set exec', () => { exec.vu = 1; return typeof exec.vu; });
  t('set exec new', () => { exec.foo = 1; return exec.foo; });
  t('delete exec', () => delete exec.vu);
  t('metadata', () => { exec.vu.metrics.metadata.a = 'b'; return [exec.vu.metrics.metadata.a, Object.keys(exec.vu.metrics.metadata)]; });
  t('metrics set', () => { exec.vu.metrics.tags = 1; return 1; });
  t('seal tags', () => Object.seal(exec.vu.tags));
  t('prevent', () => Object.isExtensible(exec.vu.tags));
  t('tag after', () => { exec.vu.tags.zz = 'q'; return exec.vu.tags.zz; });
}
