export default function () { console.log('other', JSON.stringify(arguments[0])); }
