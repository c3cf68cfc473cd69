interface { x: number }
export default function () { }
