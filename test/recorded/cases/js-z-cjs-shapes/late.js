exports.v = 1; setTimeout(() => { exports.v = 2; }, 0);
