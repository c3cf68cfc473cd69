import { sleep } from 'k6';
export const options = { scenarios: { a: { executor: 'constant-vus', vus: 3, duration: '2500ms', gracefulStop: '0s' } } };
export default function () { sleep(0.5); }
