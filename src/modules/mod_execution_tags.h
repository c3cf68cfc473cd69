/* mod_execution_tags.h - exec.vu.metrics.tags and exec.vu.metrics.metadata: objects whose
 * properties are what every sample of the VU carries. For mod_execution.c only. */
#ifndef C6_MOD_EXECUTION_TAGS_H
#define C6_MOD_EXECUTION_TAGS_H

#include <stdbool.h>

#include <quickjs.h>

/* Object.prototype, for the classes of this module; JS_NULL when out of memory. */
JSValue mod_execution_proto(JSContext *ctx);
/* Once per context, before the first object. 0, or -1 with an exception pending. */
int mod_execution_tags_init(JSContext *ctx);
/* A live view of the VU's tags, or of its metadata. JS_EXCEPTION when out of memory. */
JSValue mod_execution_tags_new(JSContext *ctx, bool is_metadata);

#endif
