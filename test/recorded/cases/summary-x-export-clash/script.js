export default function () {}

export function handleSummary(d) {
  switch (__ENV.W) {
    case 'mine': return { 'a.json': 'mine', stdout: 'o\n' };
    case 'zero': return 0;
    case 'false': return false;
    case 'empty': return '';
    case 'nan': return NaN;
    case 'metrics': d.metrics = 5; return {};
    case 'gone': delete d.metrics; delete d.root_group; return { stdout: 'never\n' };
    case 'no-metrics': delete d.metrics; d.extra = [1]; return { stdout: 'shown\n' };
    case 'values':
      delete d.metrics.iterations.values;
      d.metrics.x = 7;
      d.metrics.data_sent.thresholds = { a: { ok: false }, b: 5 };
      d.root_group.name = 'renamed';
      return {};
    case 'groups':
      d.root_group.groups = [{ name: 'g', checks: [{ name: 'c', passes: 1 }], groups: null }, { nothing: 1 }];
      d.root_group.checks = 'x';
      return {};

  }
}
