import { default as x } from './lib.js'; const y = () => console.log('arrow const', x); export { y as default };
