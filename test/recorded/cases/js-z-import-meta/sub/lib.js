export const there = import.meta.resolve('./x.js').split('/').slice(-2).join('/');
