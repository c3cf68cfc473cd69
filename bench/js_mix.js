// JavaScript without a request: one iteration does a little of everything that scripts do between two requests. What counts is the
// number of iterations a second.
class Shape {
  #name;
  constructor(name) { this.#name = name; }
  get name() { return this.#name; }
  area() { return 0; }
}
class Rect extends Shape {
  constructor(w, h) { super('rect'); this.w = w; this.h = h; }
  area() { return this.w * this.h + super.area(); }
}
class Circle extends Shape {
  constructor(r) { super('circle'); this.r = r; }
  area() { return Math.PI * this.r ** 2; }
}

const PAGE = 'a line with user-42@example.com, 2026-01-02 and <a href="/p?id=17&x=y">a link</a>\n'.repeat(5);
const DOC = JSON.stringify({ items: Array.from({ length: 20 }, (_, i) => ({ id: i, name: `item ${i}`, price: i * 1.25, tags: ['x', 'y'], on: i % 2 === 0 })) });

function objects(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const o = { id: i, name: `n${i % 100}`, tags: ['a', 'b'], nested: { x: i, y: i * 2 } };
    const copy = { ...o, z: o.nested.x + o.nested.y };
    sum += Object.keys(copy).length + copy.z;
  }
  return sum;
}
function sort(n) {
  let seed = 7;
  const list = Array.from({ length: n }, () => ({ key: (seed = (seed * 1103515245 + 12345) & 0x7fffffff), text: String(seed) }));
  list.sort((a, b) => a.key - b.key);
  return list[0].key + list.map((v) => v.text).sort()[0].length;
}
function json() {
  const doc = JSON.parse(DOC);
  const dear = doc.items.filter((i) => i.price > 10).map(({ id, price }) => ({ id, price }));
  return JSON.stringify({ ...doc, dear }).length;
}
function regexp() {
  let found = PAGE.match(/[\w.-]+@[\w.-]+\.\w+/g).length + PAGE.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$3.$2.$1').length;
  for (const m of PAGE.matchAll(/href="([^"]*)"/g)) found += m[1].length;
  return found;
}
function classes(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const s = i % 2 ? new Rect(i, 2) : new Circle(i);
    sum += s.area() + s.name.length;
  }
  return sum;
}

export default function () {
  if (!(objects(50) + sort(50) + json() + regexp() + classes(50) > 0)) throw new Error('nothing came of it');
}
