# Version, completion, help: what is asked about the program itself.
expect 0 "$C6" version
has out '^c6 v[0-9]+\.[0-9]+\.[0-9]+ \(k6/v2\.[0-9.]+, .*, linux/[a-z0-9]+\)$'
expect 0 "$C6" --version
has out '^c6 v'
expect 0 "$C6" --version run nosuch.js
has out '^c6 v'
expect 0 "$C6" version --json
has out '^\{.*"k6_version":"v2\..*"version":"v[0-9.]+"\}$'
expect 255 "$C6" version --nosuch

for shell in bash zsh fish; do
    expect 0 "$C6" completion $shell
    has out 'execution-segment'
    has out 'archive'
done
"$C6" completion bash >completion
bash -n completion || exit 1
expect 0 "$C6" completion tcsh
has out 'Usage:'

for command in run archive inspect new target deps features version completion help; do
    expect 0 "$C6" help $command
    has out '^Usage:|^Commands:'
    expect 0 "$C6" $command --help
    [ -s out ] && [ ! -s err ] || { echo "$command --help"; exit 1; }
done
expect 0 "$C6"
has out '  archive '
expect 255 "$C6" arhcive
has err 'did you mean \\"c6 archive\\"\?'
