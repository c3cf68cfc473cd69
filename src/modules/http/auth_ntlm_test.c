/* auth_ntlm_test.c - NTLM messages: the NTLMv2 example of MS-NLMP section 4.2.4, and challenges
 * that are none. */
#include "modules/http/auth_ntlm.h"

#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "test.h"

/* Type 2, its target info holding the names "Domain" and "Server". */
static const char challenge[] = "NTLMSSP\0\2\0\0\0\0\0\0\0\60\0\0\0\5\2\212\240\x01\x23\x45\x67\x89"
                                "\xab\xcd\xef\0\0\0\0\0\0\0\0\x24\0\x24\0\60\0\0\0"
                                "\2\0\14\0D\0o\0m\0a\0i\0n\0\1\0\14\0S\0e\0r\0v\0e\0r\0\0\0\0\0";

static struct auth_ntlm example(void)
{
    struct auth_ntlm a = {.user = STR("Domain\\User"), .password = STR("Password")};
    memset(a.client_challenge, 0xAA, sizeof(a.client_challenge));
    return a;
}

static void the_example_of_the_specification_holds(void **state)
{
    static const uint8_t proof[] = {0x68, 0xcd, 0x0a, 0xb8, 0x51, 0xe5, 0x1c, 0x96,
                                    0xaa, 0xbc, 0x92, 0x7b, 0xeb, 0xef, 0x6a, 0x1c};
    static const uint8_t lm[] = {0x86, 0xc3, 0x50, 0x97, 0xac, 0x9c, 0xec, 0x10,
                                 0x25, 0x54, 0x76, 0x4a, 0x57, 0xcc, 0xcc, 0x19};
    struct digest_methods m = {0};
    struct buf base64, raw;
    struct auth_ntlm a = example();
    buf_init(&base64, BUF_NO_LIMIT);
    buf_init(&raw, BUF_NO_LIMIT);
    assert_int_equal(
        auth_ntlm_authenticate(&base64, &m, (struct str){challenge, sizeof(challenge) - 1}, &a), 0);
    assert_int_equal(hash_parse_base64(&raw, (struct str){base64.data, base64.len}), 0);
    assert_memory_equal(raw.data, "NTLMSSP\0\3\0\0\0", 12);
    assert_memory_equal(raw.data + 64, lm, sizeof(lm));
    assert_memory_equal(raw.data + 64 + 24, proof, sizeof(proof));
    buf_deinit(&base64);
    buf_deinit(&raw);
    digest_methods_deinit(&m);
}

static void every_cut_challenge_is_refused_or_answered(void **state)
{
    struct digest_methods m = {0};
    struct auth_ntlm a = example();
    for (size_t len = 0; len < sizeof(challenge) - 1; len++) {
        char *copy = mem_dup(challenge, len + 1); /* exact, for AddressSanitizer */
        struct buf out;
        buf_init(&out, BUF_NO_LIMIT);
        int rc = auth_ntlm_authenticate(&out, &m, (struct str){copy, len}, &a);
        assert_true(rc == ERR_INVALID || rc == 0);
        buf_deinit(&out);
        mem_free(copy);
    }
    digest_methods_deinit(&m);
}

static void the_first_message_is_short(void **state)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    auth_ntlm_negotiate(&out);
    assert_true(str_starts((struct str){out.data, out.len}, "TlRMTVNTUAABAAAA"));
    buf_deinit(&out);
}

TEST_SUITE(auth_ntlm){
    TEST(the_example_of_the_specification_holds)
    TEST(every_cut_challenge_is_refused_or_answered)
    TEST(the_first_message_is_short)
    TEST_END
};
