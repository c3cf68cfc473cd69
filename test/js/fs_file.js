import { open, SeekMode } from 'k6/experimental/fs';
import fs from 'k6/experimental/fs';
import { same } from './_expect.js';

export const options = { vus: 2, iterations: 4 };
const file = await open('./data/people.csv');
const kinds = [];
for (const name of ['missing.txt', './data', '', null]) {
  try { await fs.open(name); } catch (e) { kinds.push(e.name); }
}
const whole = open === fs.open;

export default async function () {
  same('kinds of errors', kinds, ['NotFoundError', 'InvalidResourceError', 'TypeError', 'TypeError']);
  same('one function', whole, true);
  await file.seek(0, SeekMode.Start);
  const { name, size } = await file.stat();
  const buffer = new Uint8Array(5);
  same('reads', [name, await file.read(buffer), String.fromCharCode(...buffer)], ['people.csv', 5, 'name,']);
  same('the end', [await file.seek(0, SeekMode.End), await file.read(buffer), await file.read(buffer)], [size - 1, 1, null]);
  const refused = [];
  for (const f of [() => file.read([]), () => file.read(), () => file.seek('1', 0), () => file.seek(0, 7), () => file.seek(-1, 0), () => open('x')]) {
    try { await f(); } catch (e) { refused.push(e.name); }
  }
  same('refusals', refused, ['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError', 'ForbiddenError']);
}
