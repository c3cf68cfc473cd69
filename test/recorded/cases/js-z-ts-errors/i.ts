export default function () { const f = <T>(x: T) => x; console.log(f(1), <string>'cast'); }
