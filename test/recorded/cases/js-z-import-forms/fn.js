export default function (d) { console.log('re-exported default', d); }
