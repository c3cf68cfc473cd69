export { default } from './fn.js'; export { default as setup } from './setup.js';
