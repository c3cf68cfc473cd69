let n = 0; export const state = { list: [] }; export function next() { n += 1; return n; }
