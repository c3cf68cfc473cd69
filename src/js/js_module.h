/* js_module.h - how a JS module ("k6/http") is described. The one table of them is in
 * modules/modules_table.c and handed to script_load; a module's index is its place there, and
 * modules give theirs names in an enum beside the table. Instances are per VU: open runs when the
 * VU's script first imports the module, before any code of the importing file. */
#ifndef C6_JS_MODULE_H
#define C6_JS_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include <quickjs.h>

struct js_module {
    const char *name;  /* "k6/http" */
    size_t state_size; /* zeroed per-VU state, made before open; 0: none. See pod_module_state. */
    /* Fills exports, a plain object, for this VU: JS_SetPropertyFunctionList, JS_SetPropertyStr...
     * Every own property becomes a named export and is made enumerable, so JS_CFUNC_DEF will do.
     * Returns 0, or -1 with an exception pending. */
    int (*open)(JSContext *ctx, JSValueConst exports, int index, void *state);
    /* The VU ends (or open failed), its context is still whole but must not run script: release
     * what state holds (JSValues included). May be NULL. */
    void (*close)(JSContext *ctx, void *state);
    /* Before and after each iteration, setup and teardown (cookies reset, ...). Inside the engine;
     * may be NULL. */
    void (*iteration_begin)(JSContext *ctx, void *state);
    void (*iteration_end)(JSContext *ctx, void *state);
    /* What all VUs of a test share, on all workers: made before init code first runs, freed after
     * the last VU. Both or none. See pod_module_shared. */
    void *(*shared_new)(void);
    void (*shared_free)(void *shared);
    const char *global; /* an export that is a global variable too, made when script first names it;
                           NULL: none */
    bool has_default; /* `import http from 'k6/http'`: default is the exports object itself, unless
                         open set `default` */
    bool has_named;   /* `import { check } from 'k6'` works */
    /* What a name that open has not set is to an import statement: undefined where k6 knows only
     * a default export, and takes names for its properties; else null. */
    bool missing_is_undefined;
};

/* A module that is no more: importing it throws the text. */
struct js_gone_module {
    const char *name, *text;
};

struct js_module_table {
    const struct js_module *const *items;
    size_t count;
    const struct js_gone_module *gone;
    size_t gone_count;
};

#endif
