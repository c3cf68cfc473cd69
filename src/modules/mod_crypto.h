/* mod_crypto.h - the module k6/crypto: hashes, HMAC, random bytes. For modules_table.c. */
#ifndef C6_MOD_CRYPTO_H
#define C6_MOD_CRYPTO_H

#include "js/js_module.h"

extern const struct js_module mod_crypto;

#endif
