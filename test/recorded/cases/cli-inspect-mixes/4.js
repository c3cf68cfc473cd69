export const options = { vus: 10, iterations: 100 };
export default function () {}
