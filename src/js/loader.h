/* loader.h - modules: names to URLs, URLs to bytecode, bytecode and built-in modules to instances
 * in a VU's context. Everything here runs inside the engine, on the VU's fiber; reading files
 * blocks, so new ones are read only while the script loads. */
#ifndef C6_LOADER_H
#define C6_LOADER_H

#include <quickjs.h>

#include "base/err.h"
#include "base/str.h"
#include "js/js_vu.h"
#include "js/script_int.h"

/* Makes rt ask here for modules. */
void loader_attach(JSRuntime *rt);

/* Loads and evaluates the main module. Returns its evaluation promise, or JS_EXCEPTION; *exports
 * becomes its namespace or module.exports (an own reference), with JS_UNDEFINED on failure.
 * *is_loaded: all files were found and compiled, so that an exception is the script's. */
JSValue loader_run_main(struct js_vu *v, JSValue *exports, bool *is_loaded);

/* The code of a file, compiled now if it is new (then *module is the instance that compiling left in
 * this context, for ES modules, its imports not loaded yet). NULL with an exception pending. */
const struct module_code *loader_get_code(JSContext *ctx, const char *url, JSModuleDef **module);

/* require(): spec as written in the file whose code calls. */
JSValue loader_require(JSContext *ctx, const char *spec);

/* The export that built-in module index offers as a global variable. Opens the module. */
JSValue loader_global(JSContext *ctx, int index);

/* Opens built-in module index for this VU if it is not open yet. -1 with an exception pending. */
int loader_need_builtin(JSContext *ctx, int index);

/* Gives a function of a script's file its text, which bytecode has not; nothing to others. 0, or -1
 * with an exception pending. */
int loader_find_source(JSContext *ctx, JSValueConst fn);

void loader_free_code(void *module_code);

#endif
