enum E { a = }
export default function () { }
