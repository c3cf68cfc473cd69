/* crypto_key.h - CryptoKey, as scripts hold it: an object that shows what its key (wc_key.h) is.
 * Inside the engine; runs no script. */
#ifndef C6_CRYPTO_KEY_H
#define C6_CRYPTO_KEY_H

#include <quickjs.h>

#include "modules/webcrypto/wc_key.h"

int crypto_key_register(JSContext *ctx); /* once a context; -1 with an exception */
JSValue crypto_key_new(JSContext *ctx, struct wc_key *takes);
struct wc_key *crypto_key_of(JSValueConst v); /* lends; NULL: v is no CryptoKey */

#endif
