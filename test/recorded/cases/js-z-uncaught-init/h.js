setTimeout(() => { throw new Error('timer in init'); }, 1); export default function () { console.log('ran'); }
