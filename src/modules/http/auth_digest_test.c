/* auth_digest_test.c - Digest answers: the examples of RFC 7616, and what is no challenge. */
#include "modules/http/auth_digest.h"

#include <stdio.h>
#include <string.h>

#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput auth_fuzz_one
#include "../../../fuzz/auth_fuzz.c"

#define CHALLENGE(algorithm, qop)                                                                  \
    "Digest realm=\"http-auth@example.org\", " qop "algorithm=" algorithm                          \
    ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "                                   \
    "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""

static void check(const char *challenge, const char *response)
{
    struct digest_methods m = {0};
    struct buf out;
    struct auth_digest a = {STR("GET"),    STR("/dir/index.html"),
                            STR("Mufasa"), STR("Circle of Life"),
                            STR(""),       STR("f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ")};
    buf_init(&out, BUF_NO_LIMIT);
    bool ok = auth_digest_answer(&out, &m, str_of(challenge), &a);
    assert_int_equal(ok, response != NULL);
    if (response) {
        char want[160];
        snprintf(want, sizeof(want), "response=\"%s\"", response);
        if (!strstr(out.data, want))
            fail_msg("%s is not in %s", want, out.data);
    }
    buf_deinit(&out);
    digest_methods_deinit(&m);
}

static void the_examples_of_the_rfc_hold(void **state)
{
    check(CHALLENGE("MD5", "qop=\"auth, auth-int\", "), "8ca523f5e9506fed4657c9700eebdbec");
    check(CHALLENGE("SHA-256", "qop=\"auth, auth-int\", "),
          "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

static void an_answer_names_what_the_challenge_named(void **state)
{
    struct digest_methods m = {0};
    struct buf out;
    struct auth_digest a = {STR("GET"), STR("/"), STR("us\"er"), STR("p"), STR(""), STR("c")};
    buf_init(&out, BUF_NO_LIMIT);
    assert_true(
        auth_digest_answer(&out, &m, STR("digest nonce=\"n\" , realm=\"r\\\"\",stale=FALSE"), &a));
    assert_true(str_starts(
        (struct str){out.data, out.len},
        "Digest username=\"us\\\"er\", realm=\"r\\\"\", nonce=\"n\", uri=\"/\", response=\""));
    assert_true(
        str_ends((struct str){out.data, out.len}, "\", cnonce=\"c\", nc=00000001, stale=FALSE"));
    buf_deinit(&out);
    digest_methods_deinit(&m);
}

static void what_we_do_not_know_is_not_answered(void **state)
{
    const char *odd[] = {"",
                         "Digest",
                         "Digest ",
                         "Basic realm=\"x\"",
                         "Digest realm=\"x\"",
                         "Digest nonce=\"unclosed",
                         CHALLENGE("MD6", ""),
                         CHALLENGE("MD5", "qop=\"other\", "),
                         "Digestnonce=\"x\"",
                         "Digest =,=,nonce"};
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
        check(odd[i], NULL);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("auth", auth_fuzz_one);
}

TEST_SUITE(auth_digest){
    TEST(the_examples_of_the_rfc_hold) TEST(an_answer_names_what_the_challenge_named)
        TEST(what_we_do_not_know_is_not_answered) TEST(the_corpus_is_clean) TEST_END};
