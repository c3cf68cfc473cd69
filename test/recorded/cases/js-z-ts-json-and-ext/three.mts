export default 3 as number;
