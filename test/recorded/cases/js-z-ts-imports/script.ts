import type { OnlyType } from './missing-at-run-time';
import type Def from './missing-too';
import type * as NsType from './missing-three';
import { type A, type B as BB, value } from './mod.ts';
import def, { type C } from './mod.ts';
import * as ns from './mod.ts';
import { Unused } from './side.ts';
import './effect.ts';
import { re, type ReType } from './reexport.ts';
import equals = require('./equals.ts');
import { sleep, type CheckLike } from 'k6';
export type { A, OnlyType } from './mod.ts';
export { type BB, value as exported };
export * from './mod.ts';
type U = Unused;
export const options = { vus: 1, iterations: 1 };
export default function () {
  const a: A = { x: 1 }; const d: Def = null as any;
  console.log(value, def, Object.keys(ns).sort().join(), re, typeof sleep, a.x, d);
  console.log(JSON.stringify(equals), (globalThis as any).effects.join());
}
