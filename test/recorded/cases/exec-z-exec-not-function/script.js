
export const options = { scenarios: { a: { executor: 'shared-iterations', exec: __ENV.E } } };
export const num = 5; export const obj = {}; export class K { } export const arrow = () => console.log('arrow ran'); export async function as() { console.log('async ran'); } export function* gen() { console.log('gen ran'); }
export default function () { console.log('default ran'); }
export function setup() { console.log('setup ran'); }
export function handleSummary() { console.log('hs ran'); return {}; }
