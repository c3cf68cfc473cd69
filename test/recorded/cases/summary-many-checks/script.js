import { check, group } from 'k6';
export default function () { for (const g of ['a', 'b']) group(g, () => { check(1, { same: () => g === 'a', [`only ${g}`]: () => true }); }); check(1, { same: () => true }); }
