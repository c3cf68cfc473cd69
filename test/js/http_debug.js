// Requests and answers in the log.
//# args: --http-debug=full --log-format=json --user-agent=agent
//# err: "msg":"Request:\\nPOST /echo\?a=b HTTP/1.1\\nHost: 127.0.0.1:[0-9]+\\nUser-Agent: agent\\nContent-Length: 3\\nCookie: c=1\\nX-A: 1\\nAccept-Encoding: gzip\\n\\nxyz\\n"
//# err: "iter":0,"level":"info","msg":"Response:\\nHTTP/1.1 200 OK\\nContent-Length: .*"request_id":"[0-9a-f-]{36}","scenario":"default","source":"http-debug","t":"v","time":"[^"]*","vu":1
//# err: Response:.nHTTP/1.1 302 Found.n.*Location: /text.n.*Content-Length: 0.n.n.n
//# err: Response:.nHTTP/1.1 200 OK.nContent-Length: 15.n.*Hello from c6
//# err: "level":"error","msg":"unsupported protocol scheme .*"source":"http-debug"
//# err: "msg":"Request:.n.n","request_id"
import http from 'k6/http';

export default function () {
  const T = __ENV.TARGET;
  http.post(`${T}/echo?a=b`, 'xyz', { headers: { 'x-a': '1' }, cookies: { c: '1' }, tags: { t: 'v' } });
  http.get(`${T}/redirect/1`, { responseType: 'none' });
  http.get('ftp://a/');
}
