export const options = { toJSON() { return { iterations: 3 }; } };
export default function () { console.log(__ITER); }
