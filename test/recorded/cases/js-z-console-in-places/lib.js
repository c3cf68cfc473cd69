export function say(x) { console.error(x); }
