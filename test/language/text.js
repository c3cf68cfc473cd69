// Strings, Unicode, regular expressions.
import { eq, throws } from './_tools.js';

export default {
  'slicing and searching'(p) {
    p();
    eq(['abc'.slice(-2), 'abc'.substring(2, 0), 'abc'.at(-1), 'abcabc'.lastIndexOf('b'), 'abc'.includes('bc', 2), 'a'.padStart(3, 'xy'), ' a '.trim().length], ['bc', 'ab', 'c', 4, false, 'xya', 1]);
    eq(['a,b,,c'.split(',', 3).join('|'), ''.split(',').length, 'ab'.repeat(2), 'x'.concat(1, null)], ['a|b|', 1, 'abab', 'x1null']);
    throws(() => 'a'.repeat(-1), RangeError);
  },
  'long strings built piece by piece'(p) {
    let s = '';
    for (let i = 0; i < 2000; i++) { s += i % 10; if (i % 500 === 0) p(); }
    let t = '';
    for (let i = 0; i < 2000; i++) t = (i % 10) + t;
    eq([s.length, s[1234], t[0], s === [...t].reverse().join(''), s.slice(995, 1005)], [2000, '4', '9', true, '5678901234']);
  },
  'Unicode: code points, normal forms, case'(p) {
    p();
    eq(['😀'.length, '😀'.codePointAt(0), String.fromCodePoint(0x1f600), 'é'.normalize('NFD').length, 'ß'.toUpperCase(), 'İ'.toLowerCase().length, 'ΑΣ'.toLowerCase()], [2, 0x1f600, '😀', 2, 'SS', 2, 'ας']);
    eq(['\ud800'.isWellFormed(), '\ud800a'.toWellFormed(), 'a' < 'B', 'ä'.localeCompare('z') !== 0], [false, '\ufffda', false, true]);
  },
  'URI coding'(p) {
    p();
    eq([encodeURIComponent('ü/?&😀'), decodeURIComponent('%C3%BC'), encodeURI('http://h/ü?a=b c#d'), escape('ü')], ['%C3%BC%2F%3F%26%F0%9F%98%80', 'ü', 'http://h/%C3%BC?a=b%20c#d', '%FC']);
    throws(() => decodeURIComponent('%E0%A4%A'), URIError);
    throws(() => encodeURIComponent('\ud800'), URIError);
  },
  'replace with patterns and functions'(p) {
    eq('john smith'.replace(/(\w+)\s(\w+)/, '$2, $1 [$&] $$ $`'), "smith, john [john smith] $ ");
    eq('a1b22'.replace(/\d+/g, (m, at, all) => { p(); return `<${m}@${at}/${all.length}>`; }), 'a<1@1/5>b<22@3/5>');
    eq('2026-01-02'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>'), '01/2026-02');
    eq('aaa'.replaceAll('a', (m, i) => (p(), String(i))), '012');
    throws(() => 'a'.replaceAll(/a/, ''), TypeError);
  },
  'match, matchAll, lastIndex, sticky'(p) {
    const re = /a(b)?/g;
    eq([...'ab a'.matchAll(re)].map((m) => { p(); return `${m[0]}:${m[1]}:${m.index}`; }).join(), 'ab:b:0,a:undefined:3');
    eq([re.lastIndex, re.test('ab'), re.lastIndex, re.test('ab'), re.lastIndex], [0, true, 2, false, 0]);
    const y = /b/y;
    y.lastIndex = 1;
    p();
    eq([y.test('abb'), y.lastIndex, y.test('abb'), y.test('abb'), y.lastIndex], [true, 2, true, false, 0]);
    eq('xaybzc'.match(/[abc]/g).join(''), 'abc');
  },
  'groups, backreferences, lookaround, lazy'(p) {
    p();
    const m = /(?<year>\d{4})-(?<rest>.*?)(?=x)/.exec('on 2026-ab x');
    eq([m.groups.year, m.groups.rest, m.index, Object.getPrototypeOf(m.groups)], ['2026', 'ab ', 3, null]);
    eq([/(a)\1/.test('aa'), /(?<!\$)\b\d+/.exec('$5 7')[0], /(?<=\$)\d+/.exec('5 $7')[0], /<.+?>/.exec('<a><b>')[0], /(?:a|ab)(?:c|bcd)/.exec('abcd')[0]], [true, '7', '7', '<a>', 'abcd']);
    eq(/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac').map(String).join(), 'zaacbbbcac,z,ac,a,undefined,c');
  },
  'flags u, i, s, m, d, v'(p) {
    p();
    eq([/^.$/u.test('😀'), /^.$/.test('😀'), /\u{1f600}/u.test('😀'), /\p{L}+/u.exec('1äß!')[0], /a.b/s.test('a\nb'), 'x\ny'.match(/^y/m).index, /É/iu.test('é')], [true, false, true, 'äß', true, 2, true]);
    const d = /b(c)/d.exec('abc');
    eq([d.indices[0].join(), d.indices[1].join()], ['1,3', '2,3']);
    eq([/^[\p{L}--[a-c]]$/v.test('b'), /^[\p{L}--[a-c]]$/v.test('d'), /x/gimsuy.flags], [false, true, 'gimsuy']);
  },
  'split by regular expression keeps captures'(p) {
    p();
    eq(['a1b2c'.split(/(\d)/).join(), 'ab'.split(/(?:)/u).join(), 'aXbX'.split({ [Symbol.split](s, l) { p(); return [s, l]; } }, 4).join()], ['a,1,b,2,c', 'a,b', 'aXbX,4']);
  },
  'source and flags escape, invalid ones throw'(p) {
    p();
    eq([new RegExp('/').source, String(new RegExp('')), RegExp(/a/g).flags, new RegExp(/a/g, 'i').flags, String(/[/]\n/)], ['\\/', '/(?:)/', 'g', 'i', '/[/]\\n/']);
    throws(() => new RegExp('('), SyntaxError);
    throws(() => new RegExp('a', 'gg'), SyntaxError);
    throws(() => new RegExp('\\u{110000}', 'u'), SyntaxError);
  },
  'catastrophic patterns can be left by others'(p) {
    eq(/^(a+)+$/.test('a'.repeat(16) + 'b'), false);
    p();
  },
  'numbers to text'(p) {
    p();
    eq([(0.1 + 0.2).toString(), (1e21).toString(), (123.456).toFixed(1), (0.000001234).toExponential(2), (255).toString(16), (0.5).toString(2), (1234.5678).toPrecision(6), (-1.5).toFixed(0), (1.005).toFixed(2)], ['0.30000000000000004', '1e+21', '123.5', '1.23e-6', 'ff', '0.1', '1234.57', '-2', '1.00']);
    eq([String(-0), String(1e-7), `${5e-324}`, String(2 ** 53), (25).toString(36)], ['0', '1e-7', '5e-324', '9007199254740992', 'p']);
  },
  'text to numbers'(p) {
    p();
    eq([Number(' 12 '), Number('0x1f'), Number('1_0'), Number(''), parseInt('12px'), parseInt('0b1'), parseFloat('1.5e3x'), Number('-0'), parseInt('zz', 36), Number('Infinity')], [12, 31, NaN, 0, 12, 0, 1500, -0, 1295, Infinity]);
  },
};
