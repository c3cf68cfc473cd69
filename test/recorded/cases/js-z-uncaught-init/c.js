throw 'just text'; export default function () { }
