export default function () { console.log("ü"); }
