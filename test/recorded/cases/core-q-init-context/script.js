import { check, group, sleep, randomSeed } from 'k6';
import exec from 'k6/execution';
const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.message); } };
t('check', () => check(1, { a: true }));
t('group', () => group('a', () => 1));
t('seed', () => randomSeed(5));
t('iter', () => typeof __ITER);
t('vu', () => __VU);
export default function () { t('iter', () => __ITER); __ITER = 99; console.log(__ITER); __VU = 7; console.log(__VU, exec.vu.idInTest); }
export const options = { iterations: 2 };
export function setup() { t('setup iter', () => typeof __ITER); t('setup vu', () => __VU); }
export function teardown() { t('teardown iter', () => typeof __ITER); }
