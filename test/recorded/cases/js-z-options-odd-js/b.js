class Opt { constructor() { this.iterations = 2; } get vus() { return 1; } } export const options = new Opt(); export default function () { console.log('class'); }
