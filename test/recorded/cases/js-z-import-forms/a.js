import data from './data.json'; export default function () { console.log(JSON.stringify(data)); }
