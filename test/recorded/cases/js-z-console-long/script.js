export default function () {
  let deep = 'leaf'; for (let i = 0; i < 60; i++) deep = { d: deep }; console.log(deep);
  console.log(Array.from({ length: 300 }, (_, i) => i)); const wide = {}; for (let i = 0; i < 120; i++) wide[`key${i}`] = i; console.log(wide);
  console.log('x'.repeat(3000)); console.log(['y'.repeat(500)]); console.log(new Uint8Array(300)); let arr = 1; for (let i = 0; i < 40; i++) arr = [arr]; console.log(arr);
  console.log({ a: [{ b: [{ c: 1 }] }, [[], {}]], d: {} }); const shared = { s: 1 }; console.log({ x: shared, y: shared, z: [shared, shared] });
}
