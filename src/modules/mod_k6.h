/* mod_k6.h - the module k6: check, group, sleep, fail, randomSeed. For modules_table.c. */
#ifndef C6_MOD_K6_H
#define C6_MOD_K6_H

#include "js/js_module.h"

extern const struct js_module mod_k6;

#endif
