// TypeScript that c6 turns into JavaScript: see _typescript.ts for the questions to these answers.
import { shown } from './_typescript.ts';
import { same } from './_expect.js';

const wanted = [
  '{"0":"X2","1":"V","4":"Y2","5":"a-b","9":"P","16":"H","17":"I","X":0,"Y":"s","Z":4,"W":5,"a-b":5,"Q":0,"R":9,"T":"as","U":"sb","V":1,"X2":0,"Y2":4,"Y3":"s","N":-5,"-5":"N","M":-4,"-4":"M","H":16,"I":17,"D":1.5,"1.5":"D","E":2.5,"2.5":"E","O":-1,"-1":"O","P":9} {"0":"B","A":-1,"-1":"A","B":0,"C":null,"NaN":"D","D":null} {"0":"A","1":"B","5":"C","A":0,"B":1,"C":5} 1 3 {"A":"a","B":"b","C":"a","D":"b"} A number',
  '{}',
  '2 7 2 12 12 2 12 8 true',
  'run',
  '12 5 2 {"z":1} 100 9 12 1 true 1 7 ok 0 3  x,a,c,r,z,w,f,K,En,M,arrow,as,over,Abs,J,v2,q,second',
  '1',
  '[{"v":1,"y":2,"a":2},{"v":1,"y":2,"a":2,"extra":"e!","b":2},{"v":1,"y":2,"a":2,"q":5},{"v":2,"y":2,"a":3,"q":5},{"v":3,"y":2,"a":4,"q":3},{"a":1,"b":2}]',
  '12,z,w,static,get,set,async,declare,public,q-x,a,c,d ',
  'number 3 generic 1 1 x 4 1 true 2 true true 2,3',
  'function',
  '1',
  '1 2 3 4 5 6',
  'false false 0.5 ab11 false',
  '1 2',
];

export default function () {
  wanted.forEach((line, i) => same(`answer ${i}`, shown[i], line));
  same('answers', shown.length, wanted.length);
}
