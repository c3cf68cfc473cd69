export const b = 41;
