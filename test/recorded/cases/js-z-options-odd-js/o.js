export const base = { iterations: 1, thresholds: { iterations: ['count>0'] } };
