export default function () { const \u0061bc = 1, été = 2, $ = 3, _ = 4, 变量 = 5; console.log(abc, été, $, _, 变量, '\u{1F600}', `
template`.length); }
//# sourceMappingURL=c.js.map
