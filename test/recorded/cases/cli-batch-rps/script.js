import http from "k6/http";
export default function () { const t = Date.now(); http.batch([1, 2, 3, 4].map(() => `${__ENV.TARGET}/get`)); console.log(Date.now() - t >= 250); }
