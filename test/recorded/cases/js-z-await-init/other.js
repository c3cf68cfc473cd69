import { log } from './slow.js'; log.push('other'); export const other = await Promise.resolve('o');
