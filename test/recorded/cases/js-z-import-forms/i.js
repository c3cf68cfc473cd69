let fn = () => console.log('first'); export { fn as default }; fn = () => console.log('reassigned');
