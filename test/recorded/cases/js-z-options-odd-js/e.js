import { base } from './o.js'; export const options = { ...base, tags: { x: String(__ENV.NOPE) } }; export default function () { console.log(options.iterations, options.tags.x); }
