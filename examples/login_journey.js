// A journey: log in, use what the login gave, log out. Each VU is a user of its own; the session cookie lives in the VU's
// cookie jar, the token is sent by hand.
//
//     c6 run examples/login_journey.js
import http from 'k6/http';
import { check, fail, group, sleep } from 'k6';

export const options = {
  vus: 5,
  duration: '4s',
  thresholds: {
    checks: ['rate==1'],
    'group_duration{group:::log in}': ['p(95)<500'],
  },
};

const target = __ENV.TARGET || 'http://127.0.0.1:8080';
const json = { 'Content-Type': 'application/json' };

export default function () {
  let token;
  group('log in', () => {
    const res = http.post(`${target}/login`, JSON.stringify({ user: `user-${__VU}`, password: 'secret' }), { headers: json });
    if (!check(res, { 'logged in': (r) => r.status === 200, 'got a cookie': (r) => r.cookies.session.length === 1 })) {
      fail('no login, no journey');
    }
    token = res.json('token');
  });
  group('shop', () => {
    const profile = http.get(`${target}/my/profile`); // with the cookie
    check(profile, { 'is me': (r) => r.json('user') === `user-${__VU}` });
    const order = http.post(`${target}/my/orders`, JSON.stringify({ item: 'cheese', count: 2 }), {
      headers: { ...json, Authorization: `Bearer ${token}` }, // with the token
    });
    check(order, { 'ordered': (r) => r.status === 201 && r.json('count') === 2 });
  });
  http.post(`${target}/logout`);
  sleep(0.2);
}
