/* mod_bytes.h - data arguments of k6's own modules: a string, an ArrayBuffer or a byte array, and
 * how everything else is refused. WebCrypto has rules of its own. Inside the engine; may run script
 * only for boxed strings. */
#ifndef C6_MOD_BYTES_H
#define C6_MOD_BYTES_H

#include <stdbool.h>

#include <quickjs.h>

#include "base/err.h"
#include "base/str.h"

struct mod_bytes {
    struct str data; /* borrowed until mod_bytes_free, and until script runs again */
    bool is_text;    /* private */
};

/* 0; ERR_INVALID with k6's text in e ("invalid type int64, expected string, []byte or
 * ArrayBuffer"); ERR_SCRIPT with an exception pending. */
int mod_bytes_get(JSContext *ctx, JSValueConst v, struct mod_bytes *out, struct err *e);
void mod_bytes_free(JSContext *ctx, struct mod_bytes *b);

#endif
