console.log('two', __VU); export const two = 2;
