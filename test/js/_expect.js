// What the scripts here say of what they see; the first thing that is not so throws, and the runner sees the error.
export function same(what, got, want) {
  const a = JSON.stringify(got);
  const b = JSON.stringify(want);
  if (a !== b) throw new Error(`${what}: got ${a}, wanted ${b}`);
}

export function throws(what, fn, words) {
  let e;
  try {
    fn();
  } catch (caught) {
    e = caught;
  }
  if (e === undefined) throw new Error(`${what}: nothing was thrown`);
  if (!String(e.message === undefined ? e : e.message).includes(words)) throw new Error(`${what}: threw ${e}, wanted ${words}`);
}
