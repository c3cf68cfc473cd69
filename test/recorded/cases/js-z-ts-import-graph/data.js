export default { k: 'from js' };
