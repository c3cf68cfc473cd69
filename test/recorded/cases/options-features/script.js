export default function () { let s = 'set'; try { __ENV.A = '2'; } catch (e) { s = e.name; } console.log(s, __ENV.A, __ENV.K6_FEATURES); }
