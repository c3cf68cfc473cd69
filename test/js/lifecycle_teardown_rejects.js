//# exit: 255
//# err: level=error msg="Uncaught \(in promise\) Error: broken\\n\\tat teardown
export default function () {}
export async function teardown() {
  await null;
  throw new Error('broken');
}
