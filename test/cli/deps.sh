# The command deps: what is imported, and what a test would need, without running it.
mkdir lib
cat >script.js <<'JS'
#!/usr/bin/env k6
// What comes first may be a comment.
'use strict'; "use k6 >= 1.0"
import http from 'k6/http';
import './lib/side.js';
export * from './lib/more.js';
import { b } from './types.ts';
const ws = require('k6/ws');
throw new Error('this is not run');
JS
echo 'import { sleep } from "k6"; import "../script.js";' >lib/side.js
echo 'module.exports = require("k6/net/grpc");' >lib/more.js
echo 'import exec from "k6/execution"; export const b: number = exec ? 1 : 2;' >types.ts
here=$(pwd)
expect 0 "$C6" deps script.js
printf '%s\n' 'Build Dependencies:' '  k6: >=1.0' '' 'Imports:' "  file://$here/lib/more.js" "  file://$here/lib/side.js" \
    "  file://$here/script.js" "  file://$here/types.ts" '  k6' '  k6/execution' '  k6/http' '' 'Custom Build Required: no' >wanted
diff wanted out || exit 1
[ ! -s err ] || { cat err; exit 1; }
# An extension, which c6 has none of, and a version that is not this one.
echo '"use k6 with k6/x/sql >=0.4, < 2"; import sql from "k6/x/sql"; import faker from "k6/x/faker"; export default () => {};' >ext.js
expect 0 "$C6" deps --json ext.js
has out '^    "k6": "\*",$'
has out '^    "k6/x/faker": "\*",$'
has out '^    "k6/x/sql": ">=0\.4 <2"$'
has out '^    "k6/x/faker",$'
has out '^  "customBuildRequired": true$'
echo '"use k6 >= 99"; export default () => {};' >new.js
expect 0 "$C6" deps new.js
has out '^Custom Build Required: yes$'
# An archive lists the same.
echo 'import "k6/crypto"; export default () => {};' >small.js
expect 0 "$C6" archive -O small.tar small.js
expect 0 "$C6" deps small.tar
has out '^  k6/crypto$'
expect 0 "$C6" deps - <small.js
has out '^  file:///-$'
# What is wrong.
echo '"use k6 soon"; export default () => {};' >soon.js
expect 255 "$C6" deps soon.js
has err 'soon\.js'
echo '"use k6 with k6/x/a 1"; "use k6 with k6/x/a 2"; export default () => {};' >twice.js
expect 255 "$C6" deps twice.js
has err 'asked for before'
echo 'import "./missing.js";' >lost.js
expect 107 "$C6" deps lost.js
has err 'missing\.js'
echo 'let = ;' >syntax.js
expect 107 "$C6" deps syntax.js
expect 255 "$C6" deps nosuch.js
expect 255 "$C6" deps
expect 255 "$C6" deps script.js ext.js
