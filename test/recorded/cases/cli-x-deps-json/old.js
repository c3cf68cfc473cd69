"use k6 >= 1.0, < 2 || =>2.2";
export default function () {}
