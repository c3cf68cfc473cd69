import http from "k6/http";
export default function () { try { const r = http.get("http://127.0.0.1:1/"); console.log(r.error_code); } catch (e) { console.log("threw"); } }
