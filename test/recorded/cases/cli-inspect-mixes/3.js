export const options = { stages: [{ duration: '30s', target: 20 }, { duration: '1m', target: 0 }], vus: 5 };
export default function () {}
