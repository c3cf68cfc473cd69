export let options = { iterations: 5 }; options = { iterations: 1 }; options.vus = 1; export default function () { console.log('let', options.iterations); }
