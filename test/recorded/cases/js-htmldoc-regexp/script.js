import { parseHTML } from 'k6/html';
const texts = ['', 'a', 'b', 'ab', 'aab', 'abc', 'ABC', 'aB', '12', '1234', '1 x', 'word up', 'x', 'xx', 'y', 'a.b', 'a\nb', 'a\rc', 'é', 'É', 'λ', 'A', 'a-z', ']', '{', '}', 'a{,2}', '/', '-', '$', 'foo', 'bar', 'foobar', ' ', '\u00a0', '\v', 'ZZ', 'a😀c', 'aa', '\u2028'];
const doc = parseHTML(texts.map((t, i) => `<i id="n${i}" t="x">${t.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</i>`).join(''));
const attr = parseHTML(texts.map((t, i) => `<i id="n${i}" t="${t}"></i>`).join(''));
const res = ["a+b", "^x", "y$", "[0-9]{2,3}", "(?i)ABC", "(?i:a)B", "a|b|", "\\d+\\s\\w", "[[:alpha:]]+", "[^[:digit:]]", "\\pL", "\\p{Greek}", "\\x41", "\\x{e9}", "(?P<n>a)", "(?<n>b)", "\\Qa.b\\E", "a{,2}", "x{2}", "(?s)a.b", "(?m)^b", "\\Aa", "c\\z", "[a\\-z]", "[\\]x]", "(?=a)", "a(?!b)", "\\1", "(a)\\1", "a**", "(?U)a+?", ".", "^$", "\\/", "\\-", "{", "}", "\u00e9", "[\u00e0-\u00fc]", "\\b\u00e9", "\\bword\\b", "(", "[", "a{1001}", "(?i)\u00c9", "\\s", "[\\s]", "\\S", "\\v", "a++", "(?x)a", "[a-\\d]", "\\p{Lu}", "\\P{L}", "[\\pL]", "a.c", "^(foo|bar)$", "\\.", "[.]", "\\$", "x*"];
export default function () {
  for (const re of res) {
    const r = [doc.find(`i:matches(${re})`), doc.find(`i:matchesOwn(${re})`), attr.find(`[t#=${re}]`)].map((s) => s.map((i, e) => e.attr('id').slice(1)).join());
    console.log(re, '|', r[0], r[1] === r[0] ? '' : r[1], '|', r[2]);
  }
}
