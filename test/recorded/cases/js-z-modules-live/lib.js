export let n = 0; export function inc() { return ++n; } const r = hoisted(); export function hoisted() { return 'hoisted'; } var v = 'first'; export { v }; v = 'changed'; export { r as default };
