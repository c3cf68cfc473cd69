import { sleep } from 'k6';
export const options = { stages: [{ duration: '1s', target: 0 }], vus: 2 };
export default function () { sleep(0.3); }
