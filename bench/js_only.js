// JavaScript without a request: one iteration does the work named in WORK, long enough to be timed from outside.
const works = {
  objects() {
    let sum = 0;
    for (let i = 0; i < 300000; i++) {
      const o = { id: i, name: `n${i % 100}`, tags: ['a', 'b'], nested: { x: i, y: i * 2 } };
      const copy = { ...o, z: o.nested.x + o.nested.y };
      sum += Object.keys(copy).length + copy.z;
    }
    return sum;
  },
  sort() {
    let seed = 7;
    const next = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff);
    let last = 0;
    for (let round = 0; round < 20; round++) {
      const list = Array.from({ length: 10000 }, () => ({ key: next(), text: String(next()) }));
      list.sort((a, b) => a.key - b.key);
      last += list[0].key + list.map((v) => v.text).sort()[0].length;
    }
    return last;
  },
  json() {
    const doc = {
      items: Array.from({ length: 200 }, (_, i) => ({ id: i, name: `item ${i}`, price: i * 1.25, tags: ['x', 'y'], on: i % 2 === 0 })),
    };
    let total = 0;
    for (let i = 0; i < 300; i++) {
      const text = JSON.stringify(doc);
      total += JSON.parse(text).items.length + text.length;
    }
    return total;
  },
  regexp() {
    const page = 'a line with user-42@example.com, 2026-01-02 and <a href="/p?id=17&x=y">a link</a>\n'.repeat(200);
    let found = 0;
    for (let i = 0; i < 30; i++) {
      found += page.match(/[\w.-]+@[\w.-]+\.\w+/g).length;
      found += page.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$3.$2.$1').length;
      for (const m of page.matchAll(/href="([^"]*)"/g)) found += m[1].length;
    }
    return found;
  },
  classes() {
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
    let sum = 0;
    for (let i = 0; i < 300000; i++) {
      const s = i % 2 ? new Rect(i, 2) : new Circle(i);
      sum += s.area() + s.name.length;
    }
    return sum;
  },
  strings() {
    let out = 0;
    for (let i = 0; i < 100000; i++) {
      const s = `user-${i};role=${i % 3 ? 'reader' : 'writer'};at=${i * 17}`;
      const parts = s.split(';').map((p) => p.toUpperCase().padEnd(20, '.'));
      out += parts.join('|').indexOf('ROLE') + encodeURIComponent(s).length;
    }
    return out;
  },
  closures() {
    const compose = (...fs) => (x) => fs.reduce((v, f) => f(v), x);
    const f = compose((x) => x + 1, (x) => x * 2, (x) => x % 1000003, (x) => x ^ 5);
    const seen = new Map();
    let x = 1;
    for (let i = 0; i < 300000; i++) {
      x = f(x);
      seen.set(x % 1000, (seen.get(x % 1000) || 0) + 1);
    }
    return x + seen.size;
  },
};

export default function () {
  const work = works[__ENV.WORK];
  if (!(work() > 0)) {
    throw new Error(`nothing came of ${__ENV.WORK}`);
  }
}
