/* loader_gone.h - names of built-in modules that the table of modules does not have: those that k6
 * once had throw their own text when their turn comes, others are unknown. Inside the engine. */
#ifndef C6_LOADER_GONE_H
#define C6_LOADER_GONE_H

#include <quickjs.h>

/* The engine's module for an import of such a name; NULL with an exception pending. */
JSModuleDef *loader_load_unknown(JSContext *ctx, const char *name);

/* Says why there is no module of that name. JS_EXCEPTION. */
JSValue loader_throw_unknown(JSContext *ctx, const char *name);

#endif
