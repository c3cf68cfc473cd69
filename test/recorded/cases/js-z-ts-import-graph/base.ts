const base = { name: 'base' as const }; export const VERSION = '1.0' satisfies string; export default base;
