/* mod_execution.h - the module k6/execution: what a script may know and change of its test. For
 * modules_table.c. */
#ifndef C6_MOD_EXECUTION_H
#define C6_MOD_EXECUTION_H

#include "js/js_module.h"

extern const struct js_module mod_execution;

#endif
