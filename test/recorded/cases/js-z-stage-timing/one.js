import './two.js'; console.log('one', __VU);
