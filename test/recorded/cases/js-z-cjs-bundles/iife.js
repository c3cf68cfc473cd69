var result = (function () { 'use strict'; var x = 1; return { x: x }; }()); module.exports = result;
