/* x509_key.h - the public key of a certificate as the object that scripts get. Inside the engine. */
#ifndef C6_X509_KEY_H
#define C6_X509_KEY_H

#include <openssl/evp.h>
#include <quickjs.h>

/* {algorithm, key}; throws for kinds of keys that k6 refuses. Borrows key. */
JSValue x509_key_new(JSContext *ctx, const EVP_PKEY *key);

#endif
