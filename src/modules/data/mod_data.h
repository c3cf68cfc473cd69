/* mod_data.h - the module k6/data: SharedArray. For modules_table.c, and for other modules that
 * make SharedArrays without running a script's function. */
#ifndef C6_MOD_DATA_H
#define C6_MOD_DATA_H

#include <quickjs.h>

#include "js/js_module.h"
#include "modules/data/shared_array.h"

extern const struct js_module mod_data;

/* The arrays of this test, by name. */
struct shared_array_store *mod_data_store(JSContext *ctx);

/* Looks a name up, or claims it for this VU; while another VU makes it, parks. On FOUND *out is
 * set; on YOURS build it, then shared_array_publish or shared_array_drop. Anything else: -1 with an
 * exception pending. */
int mod_data_claim(JSContext *ctx, struct str name, const struct shared_array **out);

/* What scripts see of an array: read-only, its elements made at each read. */
JSValue mod_data_new_array(JSContext *ctx, const struct shared_array *a);

#endif
