console.log("init");
export const options = { vus: "x" };
export default function () {}
