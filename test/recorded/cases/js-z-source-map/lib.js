export const x = 1;
//# sourceMappingURL=lib.js.map
