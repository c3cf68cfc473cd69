export { value as re, type A as ReType } from './mod.ts'; export type * from './mod.ts'; export type * as TT from './mod.ts';
