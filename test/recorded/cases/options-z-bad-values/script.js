export const options = JSON.parse(__ENV.O);
export default function () {}