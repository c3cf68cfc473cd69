export default function () { let a: Array<number = []; }
