import http from "k6/http";
export default function () { console.log(http.get(`${__ENV.TARGET}/get`).status); }
