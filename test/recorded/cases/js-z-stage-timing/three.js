console.log('three', __VU); exports.v = 3;
