#!/usr/bin/env k6
export default function () { console.log("shebang"); }
