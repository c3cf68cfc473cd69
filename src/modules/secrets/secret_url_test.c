/* secret_url_test.c - what of an answer is the secret. The requests: test/cli/secrets_url.sh. */
#include "modules/secrets/secret_url.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static void check_secret(const char *body, const char *path, const char *want)
{
    struct buf out;
    struct err e = {0};
    buf_init(&out, BUF_NO_LIMIT);
    int rc = secret_url_extract(&out, str_of(body), str_of(path), &e);
    assert_string_equal(rc == 0 ? out.data : e.msg, want);
    err_deinit(&e);
    buf_deinit(&out);
}

static void without_a_path_all_is_the_secret(void **state)
{
    check_secret("a secret\n", "", "a secret\n");
    check_secret("", "", "");
}

static void a_path_leads_to_a_text(void **state)
{
    check_secret("{\"a\":{\"b\":\"x\\u00e9\\n\"}}", "a.b", "x\xc3\xa9\n");
    check_secret("{\"a\":[\"x\",\"y\"]}", "a.1", "y");
    check_secret("{\"a\":\"\"}", "a", "");
}

static void anything_else_is_refused(void **state)
{
    check_secret("{\"a\":1}", "b", "path \"b\" not found in response");
    check_secret("no json", "b", "path \"b\" not found in response");
    check_secret("{\"a\":1}", "a", "secret value at path \"a\" is not a string (got Number)");
    check_secret("{\"a\":-1}", "a", "secret value at path \"a\" is not a string (got Number)");
    check_secret("{\"a\":null}", "a", "secret value at path \"a\" is not a string (got Null)");
    check_secret("{\"a\":true}", "a", "secret value at path \"a\" is not a string (got True)");
    check_secret("{\"a\":false}", "a", "secret value at path \"a\" is not a string (got False)");
    check_secret("{\"a\":{}}", "a", "secret value at path \"a\" is not a string (got JSON)");
    check_secret("{\"a\":[]}", "a", "secret value at path \"a\" is not a string (got JSON)");
}

static void long_answers_are_refused(void **state)
{
    char *body = mem_alloc(24 * 1024 + 2);
    memset(body, 'x', 24 * 1024 + 1);
    body[24 * 1024 + 1] = '\0';
    check_secret(body, "", "secret response exceeds maximum size of 24576 bytes");
    check_secret(body + 1, "", body + 1);
    mem_free(body);
}

TEST_SUITE(secret_url){
    TEST(without_a_path_all_is_the_secret)
    TEST(a_path_leads_to_a_text)
    TEST(anything_else_is_refused)
    TEST(long_answers_are_refused)
    TEST_END
};
