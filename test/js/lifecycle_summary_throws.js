//# out: iterations\.+: 1
//# err: level=error msg="Error: no summary
export default function () {}
export function handleSummary() {
  throw new Error('no summary');
}
