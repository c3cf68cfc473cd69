'use strict'
var a = 1
var b = a
++b
exports.default = function () { console.log(a, b) ; return
1 }
