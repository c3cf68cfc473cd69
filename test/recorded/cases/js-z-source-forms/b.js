export default function () { console.log('bom'); }
