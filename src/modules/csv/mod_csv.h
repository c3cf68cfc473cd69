/* mod_csv.h - the module k6/experimental/csv. For modules_table.c. */
#ifndef C6_MOD_CSV_H
#define C6_MOD_CSV_H

#include "js/js_module.h"

extern const struct js_module mod_csv;

#endif
