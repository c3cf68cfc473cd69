module.exports = { default: function (d) { console.log('object', d); }, options: { iterations: 2 }, setup: () => 5, teardown(d) { console.log('td', d); } };
