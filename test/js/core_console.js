//# args: -v
//# err: level=info msg="plain 1 true null undefined" source=console
//# err: level=debug msg=debug source=console
//# err: level=warning msg=warn source=console
//# err: level=error msg=error source=console
//# err: msg="\{ a: 1, b: \[ \\"x\\", null \], f: \[object Function\] \}"
//# err: msg="\{ self: \[Circular\] \}"
//# err: msg="a \\"quote\\", a\\nnewline and \\x00 NUL"
//# err: msg="Uint8Array\(2\) \[ 1, 2 \] ArrayBuffer \{ \[Uint8Contents\]: <01 02>, byteLength: 2 \}"
//# err: msg="Error: told 1,2"
//# err: level=error msg="thrown by a getter"
//# err: msg="the end" source=console
export default function () {
  console.log('plain', 1, true, null, undefined);
  console.debug('debug');
  console.info('info');
  console.warn('warn');
  console.error('error');
  console.log({ a: 1, b: ['x', undefined], f() {} });
  const self = {};
  self.self = self;
  console.log(self);
  console.log('a "quote", a\nnewline and \u0000 NUL');
  console.log(new Uint8Array([1, 2]), new Uint8Array([1, 2]).buffer);
  console.log(`${new Error('told')}`, String([1, 2]));
  try {
    console.log({ get x() { throw new Error('thrown by a getter'); } });
  } catch (e) {
    console.error(e.message);
  }
  console.log('the end');
}
