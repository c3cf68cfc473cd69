/* subtle.h - crypto.subtle: the functions of SubtleCrypto. For mod_webcrypto.c. */
#ifndef C6_SUBTLE_H
#define C6_SUBTLE_H

#include <quickjs.h>

/* The object with all functions; JS_EXCEPTION. Inside the engine. */
JSValue subtle_new(JSContext *ctx);

#endif
