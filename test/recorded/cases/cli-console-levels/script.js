export default function () { console.debug("d"); console.info("i"); console.log("l", 1, true, null, undefined, [1], { a: { b: 1 } }); console.warn("w"); console.error(new Error("e").message); }
