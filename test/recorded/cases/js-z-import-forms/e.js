export * from './all.js'; import def from './all.js'; export default def; export const options = { iterations: 2 };
