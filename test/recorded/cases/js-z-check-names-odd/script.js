import { check, group } from 'k6';
export default function () { for (const n of ['plain', 'with: colon', 'with "quotes"', "it's", 'tab\tinside', 'ünïcode 😀', '  lead', 'trail  ', '<b>&amp;', '%s %d', '\\back', 'a/b', 'x'.repeat(80), '0', 'true']) { check(1, { [n]: n.length % 2 === 0 }); group(n, () => check(1, { inner: true })); } }
