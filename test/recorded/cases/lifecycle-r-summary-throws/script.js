const F = [() => { throw new Error('x'); }, () => { throw { a: 1 }; }, () => undefinedFunction(), () => { null.x; }, () => { const o = {}; o.o = o; return o; }];
export default function () {}
export function handleSummary() { return F[__ENV.W](); }
