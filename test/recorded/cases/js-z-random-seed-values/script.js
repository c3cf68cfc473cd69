import { randomSeed } from 'k6';
export const options = { vus: 1, iterations: 2 };
randomSeed(11); const init = Math.random();
export default function () { console.log(init.toFixed(12), Math.random() !== init); for (const s of [0, 1, 2, 42, -1, -5, 1234, 2 ** 31, 2 ** 31 - 1, 2 ** 32, 2 ** 40 + 7, -(2 ** 45), '3', 1.9, null, true]) { randomSeed(s); console.log(String(s), [1, 2, 3].map(() => Math.random().toFixed(12)).join()); } randomSeed(5); let sum = 0; for (let i = 0; i < 2000; i++) sum += Math.random(); console.log(sum.toFixed(9), Math.random().toFixed(12)); }
