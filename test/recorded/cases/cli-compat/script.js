export default function () { console.log(typeof global); }
