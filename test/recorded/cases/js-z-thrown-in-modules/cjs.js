exports.cjs = function () { throw Object.assign(new Error('from cjs'), { code: 'E1' }); };
