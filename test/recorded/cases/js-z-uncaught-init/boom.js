export const x = (() => { throw new TypeError('in module'); })();
