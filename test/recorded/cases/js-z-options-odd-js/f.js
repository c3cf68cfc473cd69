export const options = null; export default function () { console.log(options === null, typeof options); }
