export const libText = open('./x.txt'); export function fromLib(n) { return open(n); }
