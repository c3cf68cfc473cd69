module.exports = function () { console.log('bare function'); };
