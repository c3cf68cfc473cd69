import http from "k6/http";
export default function () { console.log(JSON.parse(http.get(`${__ENV.TARGET}/headers`).body).headers["user-agent"]); }
