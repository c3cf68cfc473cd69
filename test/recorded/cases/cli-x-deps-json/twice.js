"use k6 with k6/x/a 1"; "use k6 with k6/x/a 2";
export default function () {}
