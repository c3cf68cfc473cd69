//# args: --vus 2 --iterations 4
// XML, YAML, templates, JSONPath.
import { XMLBuilder, XMLParser, XMLValidator } from './node_modules/fast-xml-parser/lib/fxp.cjs';
import * as yaml from './node_modules/js-yaml/dist/js-yaml.mjs';
import Mustache from './node_modules/mustache/mustache.mjs';
import Handlebars from './node_modules/handlebars/dist/handlebars.js';
import { JSONPath } from './node_modules/jsonpath-plus/dist/index-browser-esm.js';
import { same, throws } from './_expect.js';

export default function () {
  const doc = new XMLParser({ ignoreAttributes: false }).parse('<?xml version="1.0"?><r a="1"><i>1</i><i>x &amp; y</i><e/><![CDATA[<raw>]]></r>');
  same('XML', doc.r, { i: [1, 'x & y'], e: '', '#text': '<raw>', '@_a': '1' });
  same('XML built', new XMLBuilder({ ignoreAttributes: false }).build({ r: { '@_a': '1', i: ['1', '<2>'] } }), '<r a="1"><i>1</i><i>&lt;2&gt;</i></r>');
  same('XML judged', XMLValidator.validate('<a><b></a>').err.code, 'InvalidTag');
  same('YAML', yaml.load('a: 1\nb: [x, "y z", null]\nc:\n  d: |\n    two\n    lines\n  e: 2.5e3\n'), { a: 1, b: ['x', 'y z', null], c: { d: 'two\nlines\n', e: 2500 } });
  same('YAML there and back', yaml.load(yaml.dump({ k: ['ü', true, { n: null }] })), { k: ['ü', true, { n: null }] });
  throws('bad YAML', () => yaml.load('a: [1'), 'unexpected end');
  same('mustache', Mustache.render('{{#l}}<{{n}}>{{/l}}{{^l}}none{{/l}}{{{raw}}}{{>p}}', { l: [{ n: 1 }, { n: '&' }], raw: '<b>' }, { p: '[{{raw}}]' }), '<1><&amp;><b>[&lt;b&gt;]');
  Handlebars.registerHelper('loud', (s) => s.toUpperCase());
  same('handlebars', Handlebars.compile('{{#each l as |x i|}}{{i}}={{loud x}};{{else}}none{{/each}}{{#if no}}no{{/if}}{{{json}}}')({ l: ['a', 'b'], json: '{"x":1}' }), '0=A;1=B;{"x":1}');
  throws('a bad template', () => Handlebars.compile('{{#if}}')({}), 'Parse error');
  const store = { book: [{ t: 'A', price: 8 }, { t: 'B', price: 12 }], bike: { price: 20 } };
  same('JSONPath', [JSONPath({ path: '$..price', json: store }), JSONPath({ path: '$.book[?(@.price>10)].t', json: store, eval: 'safe' }), JSONPath({ path: '$.book[-1:].t', json: store })], [[8, 12, 20], ['B'], ['B']]);
}
