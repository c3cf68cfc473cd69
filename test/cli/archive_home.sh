# The names of users are not in archives, though scripts may hold absolute paths of their folders.
home=/home/c6-test-$$
mkdir -p "$home/t" 2>/dev/null || exit 0
trap 'rm -rf "$home"' EXIT
echo 'in the home folder' >"$home/t/data.txt"
echo "const text = open('$home/t/data.txt'); export default function () { console.log(text); }" >"$home/t/s.js"
expect 0 "$C6" archive -O home.tar "$home/t/s.js"
tar tf home.tar >names
hasnt names "c6-test"
has names '^file/home/nobody/t/data\.txt$'
rm -r "$home"
expect 0 "$C6" run --quiet home.tar
has err 'in the home folder'
