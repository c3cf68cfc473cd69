class A { constructor(private { a }: any) { } }
export default function () { }
