import './missing.js'; export default function () { }
