#include "modules/x509/pem.h"

#include "base/err.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput pem_fuzz_one
#include "../../../fuzz/pem_fuzz.c"

static void check_block(const char *text, const char *want)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(pem_first_block(&out, str_of(text)), 0);
    assert_string_equal(out.data, want);
    buf_deinit(&out);
}

static void check_none(const char *text)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(pem_first_block(&out, str_of(text)), ERR_NOT_FOUND);
    assert_int_equal(out.len, 0);
    buf_deinit(&out);
}

static void finds_the_first_block_among_other_text(void **state)
{
    check_block("-----BEGIN X-----\nYWJj\n-----END X-----\n", "abc");
    check_block("-----BEGIN X-----\nYWJj\n-----END X-----", "abc");
    check_block("who\n-----BEGIN A B-----\r\nYW\r\nJj\r\n-----END A B-----\r\nwhat", "abc");
    check_block("-----BEGIN X-----\nYQ==\n-----END X-----\n-----BEGIN Y-----\nYg==\n-----END Y-----",
                "a");
    check_block("-----BEGIN X-----\n Y W\tJj \n-----END X-----\n", "abc");
    check_block("-----BEGIN X-----\n-----END X-----\n", "");
}

static void passes_over_headers_and_broken_blocks(void **state)
{
    check_block("-----BEGIN X-----\nProc-Type: 4\nDEK-Info: a:b\n\nYWJj\n-----END X-----\n", "abc");
    check_block("-----BEGIN X-----\nY!\n-----END X-----\n-----BEGIN Y-----\nYg==\n-----END Y-----\n",
                "b");
    check_block("-----BEGIN X-----\n-----BEGIN Y-----\nYg==\n-----END Y-----\n", "b");
}

static void refuses_what_is_no_whole_block(void **state)
{
    check_none("");
    check_none("nothing");
    check_none("-----BEGIN X-----\nYWJj\n");
    check_none("-----BEGIN X-----\nYWJj\n-----END Y-----\n");
    check_none("-----BEGIN X-----YWJj-----END X-----\n");
    check_none(" -----BEGIN X-----\nYWJj\n-----END X-----\n");
    check_none("-----BEGIN X-----\nYWJ\n-----END X-----\n");
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("pem", pem_fuzz_one);
}

TEST_SUITE(pem){
    TEST(finds_the_first_block_among_other_text)
    TEST(passes_over_headers_and_broken_blocks)
    TEST(refuses_what_is_no_whole_block)
    TEST(the_corpus_is_clean)
    TEST_END
};
