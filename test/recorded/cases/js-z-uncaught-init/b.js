import './boom.js'; export default function () { }
