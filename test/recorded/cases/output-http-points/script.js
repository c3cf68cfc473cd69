import http from 'k6/http';
export default function () { http.get(`${__ENV.TARGET}/get`, { tags: { own: '1' } }); http.get(`${__ENV.TARGET}/status/404`); http.get('http://127.0.0.1:1/'); http.post(`${__ENV.TARGET}/post`, 'x'); }
