globalThis.loaded = (globalThis.loaded || 0) + 1; export const a = 1; export default 'dflt'; export { a as b };
