export const options = Object.create({ iterations: 3 });
export default function () { console.log(__ITER); }
