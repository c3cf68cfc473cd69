import x from "./none.js";
export default function () {}
