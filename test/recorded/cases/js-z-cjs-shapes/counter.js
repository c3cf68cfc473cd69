globalThis.cnt = (globalThis.cnt || 0) + 1; exports.n = globalThis.cnt;
