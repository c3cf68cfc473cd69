export default function () { console.log(JSON.stringify([__ENV.A, __ENV.B, __ENV._C1])); }
