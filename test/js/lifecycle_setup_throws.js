//# exit: 107
//# err: level=error msg="Error: not ready\\n\\tat setup \([^"]*lifecycle_setup_throws\.js:[0-9]+:[0-9]+\)
//# not-err: MUST NOT
//# out: data_received
export function setup() {
  throw new Error('not ready');
}
export default function () {
  console.error('MUST NOT run');
}
export function teardown() {
  console.error('MUST NOT run either');
}
