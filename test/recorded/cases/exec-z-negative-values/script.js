
export const options = { scenarios: { s: JSON.parse(__ENV.S) } };
export default function () {}
