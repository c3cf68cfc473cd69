export const options = { iterations: 3 };
let n = 0;
export let run = () => { console.log('a', ++n); run = () => { console.log('b', ++n); }; };
export { run as default };
