# The command new: scripts that run, files that are not overwritten, templates of one's own.
expect 0 "$C6" new
has out '^New script created: script\.js \(minimal template\)\.$'
expect 0 "$C6" run --quiet -e BASE_URL="$TARGET" -d 1s script.js
has out 'checks_succeeded.*100\.00%'
expect 255 "$C6" new
has err 'already exists'
expect 255 "$C6" new script.js
expect 0 "$C6" new -f script.js
expect 0 "$C6" new made.js --template protocol --project-id 123
has made.js '^    projectID: 123,$'
has made.js "^    name: 'made\.js',$"
expect 0 "$C6" inspect made.js
has out '"projectID": 123'
expect 0 "$C6" run --quiet -e BASE_URL="$TARGET" --stage 1s:2 made.js
has out 'checks_succeeded.*100\.00%'
has err 'the test began at'
expect 0 "$C6" new --template browser ui.js
has ui.js "from 'k6/browser'"
expect 255 "$C6" new --template nosuch x.js
has err 'invalid template type \\"nosuch\\"'
[ ! -e x.js ] || { echo "x.js was made"; exit 1; }
echo '// {{ .ScriptName }}{{ if .ProjectID }} {{ .ProjectID }}{{ end }}' >own.tmpl
expect 255 "$C6" new --template own.tmpl x.js
has err 'did you mean \./own\.tmpl\?'
expect 0 "$C6" new --template ./own.tmpl x.js
has x.js '^// x\.js$'
echo '{{ range . }}' >bad.tmpl
expect 255 "$C6" new --force --template ./bad.tmpl x.js
has err 'line 1: \{\{ range \. \}\}'
has x.js '^// x\.js$'
expect 255 "$C6" new --template ./missing.tmpl y.js
expect 255 "$C6" new nowhere/y.js
expect 255 "$C6" new a.js b.js
