const O = { fn: function () { return { iterations: 2 }; }, arr: [1], num: 5, null: null, undef: undefined, getter: { get iterations() { return 2; } }, frozen: Object.freeze({ iterations: 2 }), str: 'x' };
export const options = O[__ENV.W];
export default function () { console.log('ran', typeof options); }
