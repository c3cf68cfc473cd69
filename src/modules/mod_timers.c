/* mod_timers.c - the module k6/timers: setTimeout, setInterval and their clear functions, the same
 * ones that are global. Source: k6 docs, "k6/timers". */
#include "modules/mod_timers.h"

#include <quickjs.h>

static const char *const names[] = {"setTimeout", "clearTimeout", "setInterval", "clearInterval"};

static int timers_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    JSValue global = JS_GetGlobalObject(ctx);
    int rc = 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && rc == 0; i++) {
        JSValue fn = JS_GetPropertyStr(ctx, global, names[i]);
        if (JS_IsException(fn) || JS_SetPropertyStr(ctx, exports, names[i], fn) < 0)
            rc = -1;
    }
    JS_FreeValue(ctx, global);
    return rc;
}

const struct js_module mod_timers = {
    .name = "k6/timers",
    .open = timers_open,
    .has_default = true,
    .has_named = true,
};
