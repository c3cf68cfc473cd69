const kinds = [
  async () => { throw 5; },
  async () => { throw undefined; },
  async () => { throw { a: 1 }; },
  async () => { throw 'text'; },
  () => Promise.reject(new RangeError('returned')),
  async () => { await Promise.all([Promise.reject(new Error('in all')), 1]); },
  async () => { await Promise.any([Promise.reject(1), Promise.reject(2)]); },
  () => { Promise.reject(new Error('not returned')); },
  () => { Promise.reject('plain text'); Promise.reject({ o: 1 }); },
  async () => { setTimeout(() => { throw new Error('in timer'); }, 1); },
];
export default function () { return kinds[Number(__ENV.K)](); }
