export const options = (async () => ({ vus: 2 }))();
export default function () { console.log(__VU); }
