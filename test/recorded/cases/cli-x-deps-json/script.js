#!/usr/bin/env k6
// comments may come first
'use strict'; "use k6 >= 1.0"
import http from 'k6/http';
import { sleep } from 'k6';
import x from './lib.js';
import './side/effect.js';
export * from './side/more.js';
export const options = { vus: 3 };
const ws = require('k6/ws');
throw new Error('this is not run');
export default function () { sleep(1); }
