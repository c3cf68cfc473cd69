// Three requests that hang together, with JSON both ways.
import http from 'k6/http';
import { check } from 'k6';

export const options = {
  thresholds: { checks: ['rate>0.99'], http_req_duration: ['p(95)<10000'] },
};

const base = __ENV.URL;
const json = { headers: { 'Content-Type': 'application/json' } };

export default function () {
  const login = http.post(`${base}/login`, JSON.stringify({ user: 'ann', password: 'secret' }), json);
  const token = login.json('token');
  const auth = { headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } };
  const items = http.get(`${base}/items`, auth).json().items;
  const dearest = items.reduce((a, b) => (b.price > a.price ? b : a));
  const order = http.post(`${base}/order`, JSON.stringify({ item: dearest.name, count: 2 }), auth);
  check(order, { 'order is made': (r) => r.status === 200 && r.json('total') === dearest.price * 2 });
}
