export const options = () => ({ vus: 2 });
export default function () { console.log(typeof options, __VU); }
