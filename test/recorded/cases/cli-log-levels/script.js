export default function () { console.debug("d"); console.log("i"); console.warn("w"); console.error("e"); }
