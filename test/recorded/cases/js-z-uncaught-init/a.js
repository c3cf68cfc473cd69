throw new Error('top level'); export default function () { }
