export function esm() { throw new TypeError('from esm'); }
