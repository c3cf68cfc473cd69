export default 'one.ts';
