export * from './amb1.js'; export * from './amb2.js';
