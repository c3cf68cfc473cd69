//# exit: 99
//# out: ✗ 'rate==1' rate=50\.00%
//# out: ✓ 'count==4' count=4
//# out: \{ kind:slow,zone:eu \}
//# err: level=error msg="thresholds on metrics 'own\{kind:none\}, rr' have been crossed"
//# not-err: level=warn
import { group, check } from 'k6';
import { Counter, Gauge, Rate, Trend } from 'k6/metrics';

const own = new Counter('own');
const gg = new Gauge('gg');
const rr = new Rate('rr');
const tt = new Trend('tt', true);

export const options = {
  iterations: 2,
  tags: { all: 'x' },
  thresholds: {
    own: ['count==4', 'rate>0'],
    'own{kind:a}': ['count==2'],
    'own{kind:none}': ['count>0'],
    'own{all:x}': ['count==4'],
    gg: ['value==7', 'value<=7', 'value!=8'],
    rr: ['rate==1'],
    tt: ['avg==250', 'med==250', 'min==100', 'max==400', 'p(50)==250', 'p(0)==100', 'p(100)==400'],
    'tt{kind:slow,zone:eu}': ['max<300'],
    'tt{ kind : slow }': ['max==400'],
    'checks{group:::g}': ['rate==1'],
    'checks{check:second}': ['rate==0'],
    'iterations{scenario:default}': ['count==2'],
    'group_duration{group:::g}': [{ threshold: 'max<10000', abortOnFail: false }],
    http_reqs: ['count==0'],
    http_req_duration: ['p(95)<1'],
  },
};

export default function () {
  own.add(1, { kind: 'a' });
  own.add(1);
  gg.add(3);
  gg.add(7);
  rr.add(true);
  rr.add(0);
  tt.add(100, { kind: 'slow', zone: 'eu' });
  tt.add(400, { kind: 'slow', zone: 'us' });
  group('g', () => check(1, { first: true }));
  check(1, { second: false });
}
