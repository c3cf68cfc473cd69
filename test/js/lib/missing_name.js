export { nowhere as late } from 'k6';
