export const options = Object.freeze({ iterations: 2, tags: Object.freeze({ a: 'b' }) }); export default function () { console.log(options.iterations, Object.isFrozen(options)); }
