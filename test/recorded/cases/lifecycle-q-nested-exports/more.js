export const options = { iterations: 2 };
export function teardown(d) { console.log('teardown from more', d.n); }
export const handleSummary = (d) => ({ stdout: `iterations ${d.metrics.iterations.values.count}\n` });
