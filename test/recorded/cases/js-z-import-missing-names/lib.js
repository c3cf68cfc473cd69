export { none as later } from 'k6/encoding';
