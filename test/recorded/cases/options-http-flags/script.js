import http from 'k6/http';
export default function () { const r = http.get(`${__ENV.TARGET}/redirect/3`); console.log(r.status, r.url.replace(/:[0-9]+/, '')); console.log(http.get(`${__ENV.TARGET}/headers`).body === null); }
