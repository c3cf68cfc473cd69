// exec.vu.metrics.tags and metadata: views of what the VU's samples carry.
import exec from 'k6/execution';
import { group } from 'k6';
import { Counter } from 'k6/metrics';
import { same, throws } from './_expect.js';

const hits = new Counter('hits');
export const options = {
  iterations: 2,
  systemTags: ['group', 'scenario', 'vu', 'iter'],
  thresholds: {
    'hits{who:me}': ['count==2'],
    'hits{who:me,n:7}': ['count==2'],
    'hits{scenario:mine}': ['count==2'],
    'hits{group:::g,who:inner}': ['count==2'],
  },
};

export default function () {
  const { tags, metadata } = exec.vu.metrics;
  same('what is there', Object.keys(tags).sort(), ['group', 'scenario']);
  same('metadata', { ...metadata }, { iter: String(__ITER), vu: '1' });

  tags.who = 'me';
  tags.n = 7;
  tags['odd key'] = true;
  same('values are text', [tags.n, tags['odd key'], tags.none], ['7', 'true', undefined]);
  same('they are listed', JSON.stringify(tags), '{"group":"","n":"7","odd key":"true","scenario":"default","who":"me"}');
  same('has', ['who' in tags, 'none' in tags, tags.hasOwnProperty('n'), Object.hasOwn(tags, 'none')], [true, false, true, false]);
  same('methods of objects', typeof tags.toString, 'function');
  throws('freezing', () => Object.freeze(tags), '');
  hits.add(1);

  for (const bad of [null, undefined, {}, [1], () => 1, 1n, new String('x')]) {
    let e;
    try {
      tags.bad = bad;
    } catch (caught) {
      e = caught;
    }
    same('a TypeError', [e instanceof TypeError, e.message],
      [true, "invalid value for metric tag 'bad': only String, Boolean and Number types are accepted as a metric tag values"]);
    throws('metadata', () => { metadata.bad = bad; }, "invalid value for metric metadata 'bad': only String, Boolean and Number types are");
  }
  for (const good of [Symbol('x'), new Number(5), new Boolean(true)]) tags.boxed = good;
  same('boxed', tags.boxed, 'true');
  delete tags.boxed;
  throws('symbols', () => { tags[Symbol.iterator] = 'x'; }, 'symbols');
  throws('accessors', () => Object.defineProperty(tags, 'x', { get: () => 1 }), 'accessor');
  same('boxed values', (tags.box = new Number(4), tags.box), '4');
  same('symbols as values', (tags.box = Symbol('said'), tags.box), 'said');
  same('symbols without a word', (tags.box = Symbol(), tags.box), '');
  same('define', (Object.defineProperty(tags, 'def', { value: 5 }), tags.def), '5');
  same('delete', [delete tags.box, delete tags.def, delete tags.none, tags.box], [true, true, true, null]);
  same('like methods', (tags.constructor = 'c', [tags.constructor, delete tags.constructor, typeof tags.constructor]), ['c', true, 'function']);

  // Assigning to exec.vu.tags itself is allowed, and changes nothing.
  exec.vu.tags = { lost: 'x' };
  same('still the tags', [exec.vu.tags.who, exec.vu.tags.lost, tags.lost], [tags.who, undefined, undefined]);
  throws('metrics.tags', () => { exec.vu.metrics.tags = {}; }, '');

  // A group ends with the path it began with; other tags stay.
  group('g', () => {
    same('in the group', tags.group, '::g');
    tags.who = 'inner';
    hits.add(1);
  });
  same('after the group', [tags.group, tags.who], ['', 'inner']);

  delete tags.who;
  tags.scenario = 'mine';
  hits.add(1);
  tags.scenario = 'default';
  delete tags.n;
  delete tags['odd key'];

  metadata.trace = 123;
  same('metadata is text', [metadata.trace, Object.keys(metadata)], ['123', ['iter', 'trace', 'vu']]);
  for (const k of Object.keys(metadata)) delete metadata[k];
  same('none is left', [Object.keys(metadata), metadata.vu, delete metadata.vu], [[], undefined, true]);
  metadata.vu = '1';
  metadata.iter = '0';
}
