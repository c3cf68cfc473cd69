export default function () { console.log(__ENV.SYS, __ENV.BOTH); }
