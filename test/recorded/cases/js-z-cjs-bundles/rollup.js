'use strict'; function helper() { return 'helped'; } exports.helper = helper;
