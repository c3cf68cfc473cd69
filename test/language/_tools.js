// What the snippets say of what they see. eq compares primitives as Object.is does, arrays by their elements.
export function eq(got, want, what = '') {
  if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
    for (let i = 0; i < want.length; i++) eq(got[i], want[i], `${what}[${i}]`);
    return;
  }
  if (!Object.is(got, want)) throw new Error(`${what} got ${show(got)}, wanted ${show(want)}`);
}

function show(v) {
  if (typeof v === 'bigint') return `${v}n`;
  if (typeof v === 'symbol' || typeof v === 'function') return String(v);
  return Array.isArray(v) ? `[${v.map(show)}]` : JSON.stringify(v) || String(v);
}

export function throws(fn, kind, what = '') {
  try {
    fn();
  } catch (e) {
    if (!(e instanceof kind)) throw new Error(`${what} threw ${e}, wanted ${kind.name}`);
    return e;
  }
  throw new Error(`${what} threw nothing, wanted ${kind.name}`);
}
