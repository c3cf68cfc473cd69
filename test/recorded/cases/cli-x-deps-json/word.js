"use k6 soon";
export default function () {}
