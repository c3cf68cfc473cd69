// Paths of open() and import are relative to the file in which they stand.
export * from '../lib/counter.js';
export { default as counter } from './counter.js';
export const text = open('../data/text.txt');
