import './syntax.js'; export default function () { }
