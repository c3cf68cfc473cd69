export default function () { console.log(1); }
