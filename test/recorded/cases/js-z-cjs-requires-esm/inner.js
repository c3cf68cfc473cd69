export const v = 'inner v';
