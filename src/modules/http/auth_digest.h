/* auth_digest.h - the answer to a Digest challenge. Pure: knows no connection and no engine.
 * Spec: RFC 7616 (MD5, SHA-256, SHA-512-256, each also -sess; qop auth and auth-int; and without
 * qop, as RFC 2069). Tests: auth_digest_test.c, fuzz/auth_fuzz.c */
#ifndef C6_AUTH_DIGEST_H
#define C6_AUTH_DIGEST_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "modules/crypto/digest.h"

struct auth_digest {
    struct str method, uri; /* as in the request line */
    struct str user, password;
    struct str body;
    struct str cnonce; /* fresh for each answer */
};

/* challenge: a WWW-Authenticate value. Appends the Authorization value and says true; false when it
 * is no Digest challenge, or wants what we don't know. */
bool auth_digest_answer(struct buf *out, struct digest_methods *m, struct str challenge,
                        const struct auth_digest *a);
/* The same to a 401 that has no challenge for us: k6 tries all the same, without realm and nonce. */
bool auth_digest_answer_nothing(struct buf *out, struct digest_methods *m,
                                const struct auth_digest *a);

#endif
