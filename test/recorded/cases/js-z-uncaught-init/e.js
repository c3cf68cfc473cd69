Promise.reject(new Error('not awaited')); export default function () { console.log('ran'); }
