import secrets from 'k6/secrets';
export default async function () {
  for (const f of [() => secrets.get('k'), async () => (await secrets.source('a')).get('k'), async () => (await secrets.source('b')).get('k'), async () => (await secrets.source('c')).get('k'), async () => secrets.source('a').get('k')]) { try { const v = await f(); console.log(v.split('').join('_'), v); } catch (e) { console.log(String(e)); } }
}
