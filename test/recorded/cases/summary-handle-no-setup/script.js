export default function () {}
export function handleSummary(d) { console.log('setup_data' in d, d.setup_data); return {}; }
