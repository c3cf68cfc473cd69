import { Trend } from 'k6/metrics';
const t = new Trend('my_t'), tt = new Trend('my_time', true);
export const options = { thresholds: { my_t: ['p(99.9)<200', 'p(33.333)<40', 'p(1)>0', 'p(99.99)>99'], my_time: ['p(95)<1s'.replace('1s', '1000'), 'med<600'] } };
export default function () { for (let i = 1; i <= 100; i++) { t.add(i); tt.add(i * 10); } }
