"use k6 >= 99";
export default function () {}
