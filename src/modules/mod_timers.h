/* mod_timers.h - the module k6/timers: the timer functions of the global object. For
 * modules_table.c. */
#ifndef C6_MOD_TIMERS_H
#define C6_MOD_TIMERS_H

#include "js/js_module.h"

extern const struct js_module mod_timers;

#endif
