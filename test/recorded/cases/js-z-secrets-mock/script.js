import secrets from 'k6/secrets'; import * as ns from 'k6/secrets'; import { check } from 'k6';
export default async function () {
  console.log(Object.keys(secrets).sort().join(), typeof secrets.get, typeof secrets.source, Object.keys(ns).sort().join());
  for (const k of ['one', 'two', 'nope', '', ' one', 'ONE']) { try { const v = await secrets.get(k); console.log(k, v.length, [...v].join('.')); console.log('shown:', v, { v }, [v]); } catch (e) { console.log(k, String(e)); } }
  const one = await secrets.get('one'); console.log(`pre${one}post`); console.error(one); console.warn({ deep: { one } }); console.log(one.toUpperCase(), one.slice(0, 5)); console.log(encodeURIComponent(await secrets.get('two')));
  try { const src = await secrets.source('default'); console.log(typeof src, Object.keys(src).join()); console.log((await src.get('one')).length); } catch (e) { console.log(String(e)); } try { const src = await secrets.source('mock'); console.log(typeof src); } catch (e) { console.log(String(e)); } try { await secrets.source('nope'); console.log('got'); } catch (e) { console.log(String(e)); } try { await secrets.source(); console.log('got default'); } catch (e) { console.log(String(e)); } try { await secrets.get(); } catch (e) { console.log(String(e)); } try { await secrets.get(5); } catch (e) { console.log(String(e)); }
  check(one, { [`is ${one.length}`]: (v) => v === 'first-secret' }); throw new Error(`leaks ${one} here`);
}
