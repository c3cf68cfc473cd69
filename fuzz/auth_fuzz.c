/* auth_fuzz.c - what a server may say in WWW-Authenticate: the first byte chooses the scheme, the
 * rest is the challenge. */
#include "modules/http/auth_digest.h"
#include "modules/http/auth_ntlm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct digest_methods m = {0};
    struct str challenge = {(const char *)data + 1, size - 1};
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    if (data[0] & 1) {
        struct auth_ntlm a = {.user = STR("DOMAIN\\us\xc3\xa9r"), .password = STR("p")};
        auth_ntlm_authenticate(&out, &m, challenge, &a);
    } else {
        struct auth_digest a = {STR("GET"), STR("/"),    STR("u\""),
                                STR("p"),   STR("body"), STR("cnonce")};
        auth_digest_answer(&out, &m, challenge, &a);
    }
    buf_deinit(&out);
    digest_methods_deinit(&m);
    return 0;
}
