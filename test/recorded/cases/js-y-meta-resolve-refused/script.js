const said = (f) => { try { return f().replace(/^file:.*\//, 'F/'); } catch (e) { return `${e.name} ${e.message}`; } };
const all = [undefined, null, '', 'lodash', 5, './a.js', '../up/b.js', '/abs/c.js', 'https://h/p/d.js', 'ftp://h/e'];
export default function () { for (const x of all) console.log(JSON.stringify(x), said(() => import.meta.resolve(x))); console.log(said(() => import.meta.resolve())); }
