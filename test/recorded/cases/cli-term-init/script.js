const t = Date.now();
console.log("init");
while (Date.now() - t < 3000);
export default function () {}
