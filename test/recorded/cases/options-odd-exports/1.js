class O { vus = 1; iterations = 2 }
export const options = new O();
export default function () { console.log(options.vus, __ITER); }
