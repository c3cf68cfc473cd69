const a = 1; const a = 2; export default function () { }
