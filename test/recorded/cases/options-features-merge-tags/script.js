import exec from 'k6/execution';
export const options = { tags: { a: 'script', b: 'script' } };
export default function () { console.log(JSON.stringify(exec.test.options.tags)); }
