export const options = (() => { throw new RangeError('options'); })(); export default function () { }
