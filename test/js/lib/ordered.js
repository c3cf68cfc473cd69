import { one, missing } from './common.js';
globalThis.order.push('ordered');
export { extra } from './common_value.js';
export const saw = [one, missing];
