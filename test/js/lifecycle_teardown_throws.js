//# exit: 107
//# err: level=error msg="Error: broken\\n\\tat teardown
//# out: iterations\.+: 2
export const options = { iterations: 2 };
export default function () {}
export function teardown() {
  throw new Error('broken');
}
