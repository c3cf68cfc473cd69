export const options = 'x';
export default function () {}
