#!/usr/bin/env k6
// comment
/* multi
line */ export default function () { console.log('hashbang', new Error().stack.includes(':4:')); }
