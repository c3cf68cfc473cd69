/* mod_webcrypto.h - the global `crypto`: getRandomValues, randomUUID, subtle. Not to be imported; a
 * row of modules_table.c all the same, for its per-VU state and to be made when first named. */
#ifndef C6_MOD_WEBCRYPTO_H
#define C6_MOD_WEBCRYPTO_H

#include "js/js_module.h"
#include "modules/webcrypto/wc_crypt.h"

extern const struct js_module mod_webcrypto;

struct wc_methods *mod_webcrypto_methods(JSContext *ctx);
/* What promises are rejected with: an object with name and message, no Error. */
JSValue mod_webcrypto_new_error(JSContext *ctx, const struct wc_err *e);

#endif
