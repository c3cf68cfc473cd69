/* auth_ntlm.h - the two messages a client sends in NTLM authentication (version 2). Pure: knows no
 * connection and no engine. Spec: MS-NLMP. Tests: auth_ntlm_test.c, fuzz/auth_fuzz.c */
#ifndef C6_AUTH_NTLM_H
#define C6_AUTH_NTLM_H

#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "modules/crypto/digest.h"

struct auth_ntlm {
    struct str user, password;   /* UTF-8; user may be "DOMAIN\user" */
    uint8_t client_challenge[8]; /* random */
    uint64_t file_time;          /* 100 ns units since 1601, used when the server names no time */
};

/* The first message, in base64. */
void auth_ntlm_negotiate(struct buf *out);
/* The third, in base64: the answer to the server's second (raw bytes). 0; ERR_INVALID when that is
 * none; ERR_UNSUPPORTED when the library lacks a hash. */
int auth_ntlm_authenticate(struct buf *out, struct digest_methods *m, struct str challenge,
                           const struct auth_ntlm *a);

#endif
