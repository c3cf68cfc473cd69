/* loader_cjs.h - CommonJS modules, for loader.c alone: a file without import, export or top-level
 * await. Inside the engine, on the VU's fiber. */
#ifndef C6_LOADER_CJS_H
#define C6_LOADER_CJS_H

#include <quickjs.h>

#include "js/js_vu.h"
#include "js/script_int.h"

/* Compiles source as the body of a function(module, exports). JS_EXCEPTION when it is none. */
JSValue loader_cjs_compile(JSContext *ctx, const char *url, const char *source, size_t len);

/* module.exports of a CommonJS file in this VU; it is run at the first call. In a cycle: what is
 * there so far. */
JSValue loader_cjs_exports(JSContext *ctx, const char *url, const struct module_code *code);

/* The engine's module for import statements. is_static: its names are known from the statements
 * (script->imports), and it runs when its turn comes; else it runs now, for its names. */
JSModuleDef *loader_cjs_load(JSContext *ctx, const char *url, const struct module_code *code,
                             bool is_static);

/* A statement just compiled imports name from the module at url. */
void loader_cjs_note_import(JSContext *ctx, struct script *script, const char *url,
                            const char *name);

/* Gives m, whose exports nobody knows before it runs, the names that statements import from url. */
int loader_cjs_add_wanted(JSContext *ctx, JSModuleDef *m, const struct script *script,
                          const char *url);

/* The code as JS_ReadObject gives it: a function, or a module of this VU with those it requests
 * loaded. What is compiled of it is shared by the VUs of the pod, but for functions with tagged
 * literals. */
JSValue loader_read_code(JSContext *ctx, const char *url, const struct module_code *code);

#endif
