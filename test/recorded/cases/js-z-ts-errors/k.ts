function f(a: number) { return a } } export default function () { }
