import "./nosuch.js";
export default function () {}
