export default function () { console.log("a \"b\" = c"); console.error({ a: 1 }); }
