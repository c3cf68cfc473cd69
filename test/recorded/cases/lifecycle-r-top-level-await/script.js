const v = await new Promise((r) => setTimeout(() => r(42), 20));
console.log('init', __VU, v);
export const options = { iterations: v - 40 };
export default function () { console.log(v); }
