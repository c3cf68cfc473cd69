/* js_module.h - how a JS module ("k6/http") is described; the one table of them is in modules/modules_table.c and handed to script_load.
 * Instances are per VU. Named exports and, when has_default, `default` with all of them. */
#ifndef C6_JS_MODULE_H
#define C6_JS_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include <quickjs.h>

struct js_module {
    const char *name;          /* "k6/http" */
    size_t state_size;         /* zeroed per-VU state, made before open; 0: none */
    /* Fills exports (a plain object) for this VU. Returns 0, or -1 with an exception pending. index: of this module, for pod_module_state. */
    int (*open)(JSContext *ctx, JSValueConst exports, int index, void *state);
    /* Called when the VU ends, before its context is freed: release what state holds (JSValues included). May be NULL. */
    void (*close)(JSContext *ctx, void *state);
    /* Called between iterations (cookies reset, ...); may be NULL. */
    void (*iteration_begin)(JSContext *ctx, void *state);
    void (*iteration_end)(JSContext *ctx, void *state);
    bool has_default;          /* `import http from 'k6/http'` works */
    bool has_named;            /* `import { check } from 'k6'` works */
    const char *const *export_names; /* NULL-terminated: all of them, for linking before open runs */
    /* Once a worker, before its first VU: shared per-worker state (http's TLS context). May be NULL. */
};

struct js_module_table {
    const struct js_module *const *items;
    size_t count;
};

#endif
