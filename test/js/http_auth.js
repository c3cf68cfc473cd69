import http from 'k6/http';
import { same } from './_expect.js';

// Basic comes with the URL; digest sends a hop twice, NTLM three times. The first 401 is expected.
export const options = {
  thresholds: {
    'http_reqs{name:digest}': ['count==2'],
    'http_reqs{name:digest,status:401,expected_response:true}': ['count==1'],
    'http_reqs{name:ntlm}': ['count==3'],
    'http_reqs{name:ntlm,status:401,expected_response:true}': ['count==1'],
    'http_reqs{name:ntlm,status:401,expected_response:false}': ['count==1'],
    'http_reqs{name:moved}': ['count==3'],
    'http_reqs{name:alone}': ['count==1'],
    'http_reqs{name:wrong}': ['count==2'],
    'http_reqs{name:other}': ['count==2'],
    'http_reqs{name:other,expected_response:false}': ['count==1'],
  },
};

const U = (user) => __ENV.TARGET.replace('//', `//${user}:secret@`);
const who = (r) => [r.status, r.json('scheme'), r.json('user')];

export default function () {
  const ann = U('ann');
  const ask = (url, auth, name) => http.get(url, { auth, tags: { name } });
  same('basic', who(http.get(`${ann}/auth/basic`)), [200, 'basic', 'ann']);
  same('other words', who(http.get(`${ann}/auth/basic`, { auth: 'basic' })), [200, 'basic', 'ann']);

  const digest = ask(`${ann}/auth/digest`, 'digest', 'digest');
  same('digest', [...who(digest), digest.url, digest.request.url], [200, 'digest', 'ann', `${__ENV.TARGET}/auth/digest`, `${ann}/auth/digest`]);
  const sent = http.post(`${ann}/auth/digest`, 'body', { auth: 'digest' });
  same('body', [sent.request.body, ...who(sent)], ['body', 200, 'digest', 'ann']);
  same('wrong', ask(`${ann.replace('secret', 'other')}/auth/digest`, 'digest', 'wrong').status, 401);
  same('a server that wants something else', ask(`${ann.replace('secret', 'other')}/auth/basic`, 'digest', 'other').status, 401);
  same('without digest', http.get(`${ann}/auth/digest`).status, 401);
  // What is said for digest shows in the request where the URL names no user.
  const shown = (r) => Object.keys(r.request.headers).includes('Authorization') && r.request.headers.Authorization[0].startsWith('Digest ');
  same('shown', [http.get(`${__ENV.TARGET}/auth/digest`, { auth: 'digest' }), digest, sent].map(shown), [true, false, false]);
  // The first try says what basic would.
  same('basic is said', http.get(`${ann}/echo`, { auth: 'digest' }).json('headers.Authorization'), 'Basic YW5uOnNlY3JldA==');
  // Each hop proves for itself: the first is asked for nothing, the second hop has a user of its own.
  const to = encodeURIComponent(`${U('bob')}/auth/digest`);
  same('moved', who(ask(`${ann}/redirect-to?url=${to}`, 'digest', 'moved')), [200, 'digest', 'bob']);

  same('ntlm', who(ask(`${ann}/auth/ntlm`, 'ntlm', 'ntlm')), [200, 'ntlm', 'ann']);
  same('ntlm is silent', typeof http.get(`${ann}/echo`, { auth: 'ntlm' }).json('headers.Authorization'), 'undefined');
  same('no user', ask(`${__ENV.TARGET}/auth/ntlm`, 'ntlm', 'alone').status, 401);
  same('basic is not given for it', http.get(`${ann}/auth/basic`, { auth: 'ntlm' }).status, 401);
  const header = { Authorization: 'Basic Y2F0OnNlY3JldA==' };
  same('a header names the user', who(http.get(`${__ENV.TARGET}/auth/ntlm`, { auth: 'ntlm', headers: header })), [200, 'ntlm', 'cat']);
}
