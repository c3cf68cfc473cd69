export default function namedFn() { return 1; }
