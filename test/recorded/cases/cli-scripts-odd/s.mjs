export default function () { console.log("mjs"); }
