const F = [() => console.log('arrow'), async () => { console.log('async'); }, function* () { console.log('generator'); yield 1; }, class X { constructor() { console.log('class'); } }, { a: 1 }, null, undefined, (function () { console.log('bound', this.z); }).bind({ z: 1 })];
export default F[__ENV.W];
export const other = () => {};
