//# exit: 100
//# err: level=error msg="setup\(\) execution timed out after 1 seconds" hint="You can increase the time limit via the setupTimeout option"
//# not-err: MUST NOT
export const options = { setupTimeout: '1s' };
export function setup() {
  for (;;) {
    try {
      for (;;);
    } catch (e) {
      console.error('MUST NOT be caught');
    } finally {
      console.error('MUST NOT run');
    }
  }
}
export default function () {}
