import secrets from 'k6/secrets';
export default async function () { try { console.log((await secrets.get('a')).length); } catch (e) { console.log('threw'); } }
