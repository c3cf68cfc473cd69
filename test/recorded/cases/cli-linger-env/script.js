export default function () { console.log("done"); }
