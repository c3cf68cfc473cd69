export const options = await Promise.resolve({ iterations: 2 });
export default function () { console.log(__ITER); }
