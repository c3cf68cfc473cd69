console.log('in init', __VU);
if (__VU === 1) { const t = Date.now(); while (Date.now() - t < 1500); }
export default function () { console.log('in default'); }
export function handleSummary(d) { console.log('summary'); return { stdout: 'S\n' }; }
