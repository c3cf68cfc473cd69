console.log("init");
export default function () {}
