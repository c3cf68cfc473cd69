const a = ['äöü', 'é\101', '😀', "\x41\u0042\103", 'naïve' + '\0' + '\60'];
export default function () { console.log(JSON.stringify(a), 'ß€'.length, '\7\10\377'.split('').map((c) => c.charCodeAt(0)).join()); }
