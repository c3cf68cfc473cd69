export default () => 'from setup';
