import two from './mix2.js'; export default { one: 1, two: two.two };
