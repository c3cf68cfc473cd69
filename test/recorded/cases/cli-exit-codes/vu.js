export default function () { throw new Error("x"); }
