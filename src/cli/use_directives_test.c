/* use_directives_test.c - tests of use_directives.h. */
#include "cli/use_directives.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput use_directives_fuzz_one
#include "../../fuzz/use_directives_fuzz.c"
#undef LLVMFuzzerTestOneInput

static int put(void *opaque, struct str name, struct str versions)
{
    struct buf *out = opaque;
    buf_addf(out, "%.*s[%.*s] ", (int)name.len, name.p, (int)versions.len, versions.p);
    return str_eqs(versions, "stop") ? ERR_INVALID : 0;
}

static void check_found(const char *text, const char *wanted)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    buf_adds(&out, "");
    use_directives_each(str_of(text), put, &out);
    assert_string_equal(out.data != NULL ? out.data : "", wanted);
    buf_deinit(&out);
}

static void directives_stand_before_all_code(void **state)
{
    check_found("'use k6 >= 1'; \"use strict\"\n// c\n/* d\n */\"use k6 with k6/x/a ~1.2 , <3\"",
                "k6[>= 1] k6/x/a[~1.2 , <3] ");
    check_found("#!/usr/bin/env k6\n'use k6 with k6/x/a'", "k6/x/a[] ");
    check_found("import 'x'; 'use k6 1'", "");
    check_found("'use k6", "");
    check_found("// 'use k6 1'", "");
    check_found("/* 'use k6 1'", "");
    check_found("/*/ 'use k6 1'; /* */ 'use k6 2'", "k6[2] "); /* the first slash ends nothing */
    check_found("'use k6 with other >1'", "k6[with other >1] ");
    check_found("'usek6 1'; 'use k7'; 'USE k6 1'; 'use k6'", "k6[] ");
    check_found("'use k6 stop'; 'use k6 2'", "k6[stop] ");
    check_found("", "");
}

static void check_range(const char *text, const char *wanted, bool holds)
{
    static const unsigned version[3] = {2, 2, 0};
    struct buf out;
    bool is_it;
    buf_init(&out, BUF_NO_LIMIT);
    if (version_range_read(&out, str_of(text), version, &is_it) < 0)
        fail_msg("refused: %s", text);
    assert_string_equal(out.data, wanted);
    if (is_it != holds)
        fail_msg("%s: wrong", text);
    buf_deinit(&out);
}

static void a_range_is_judged_and_put_in_one_shape(void **state)
{
    check_range("*", "*", true);
    check_range("v2.2.0", "v2.2.0", true);
    check_range("2.2", "2.2", true);
    check_range("2.1", "2.1", false);
    check_range("=2", "=2", true);
    check_range("= 2.2.1", "=2.2.1", false);
    check_range("2.x", "2.x", true);
    check_range("~2.2", "~2.2", true);
    check_range("~>2.1.9", "~>2.1.9", false);
    check_range("~0.0.0", "~0.0.0", true);
    check_range("!=x", "!=x", true);
    check_range("<x", "<x", false);
    check_range("^2", "^2", true);
    check_range("^2.1.5", "^2.1.5", true);
    check_range("^0.2", "^0.2", false);
    check_range(">2.2", ">2.2", false);
    check_range(">1", ">1", true);
    check_range(">2.1.9", ">2.1.9", true);
    check_range(">=  2.2", ">=2.2", true);
    check_range("=> 2.3", "=>2.3", false);
    check_range("<2.2.0", "<2.2.0", false);
    check_range("<=2.2", "<=2.2", true);
    check_range("=<2.1", "=<2.1", false);
    check_range("!=2.2.0", "!=2.2.0", false);
    check_range("!=1", "!=1", true);
    check_range(">=2.2.0-0", ">=2.2.0-0", true);
    check_range("2.0-3", "2.0-3", false);
    check_range("2.2.0+build.5", "2.2.0+build.5", true);
    check_range(">1 <3", ">1 <3", true);
    check_range(">=1.2, < 2", ">=1.2 <2", false);
    check_range("1 2", "1 2", false);
    check_range("1 || 2", "1 || 2", true);
    check_range("<1||>3", "<1 || >3", false);
    check_range("2.0 - 3", ">=2.0 <=3", true);
    check_range("0.5 - 1", ">=0.5 <=1", false);
}

static void what_is_no_range_is_refused(void **state)
{
    static const char *const bad[] = {"",     "abc", ">>1", "v",   "^",    "|| 1",    "1 ||",
                                      ", 1",  "1,",  "1.a", "1.",  "1.2.3.4", "1-",   "latest",
                                      ">1<3", "1 - ", "- 1", "99999999999", "1 -2", ">=1 - 2"};
    static const unsigned version[3] = {2, 2, 0};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct buf out;
        buf_init(&out, BUF_NO_LIMIT);
        if (version_range_read(&out, str_of(bad[i]), version, NULL) == 0)
            fail_msg("accepted: %s", bad[i]);
        assert_int_equal(out.len, 0);
        buf_deinit(&out);
    }
}

/* In memory of their own, so that reading past the end is seen. */
static void every_beginning_of_a_text_can_be_read(void **state)
{
    static const char text[] = "#!k6\n'use k6 >= 1.2 - 3, ~v1.x-a+b || 2'; /* c */ // d\n\"use k6 "
                               "with k6/x/a ^1.2.3 !=4\"";
    static const unsigned version[3] = {2, 2, 0};
    for (size_t len = 0; len < sizeof text; len++) {
        char *copy = mem_dup(text, len);
        struct buf out;
        buf_init(&out, BUF_NO_LIMIT);
        use_directives_each((struct str){copy, len}, put, &out);
        for (size_t from = 0; from < len; from++)
            version_range_read(&out, (struct str){copy + from, len - from}, version, NULL);
        buf_deinit(&out);
        mem_free(copy);
    }
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("use_directives", use_directives_fuzz_one);
}

/* clang-format off */
TEST_SUITE(use_directives){
    TEST(directives_stand_before_all_code)
    TEST(a_range_is_judged_and_put_in_one_shape)
    TEST(what_is_no_range_is_refused)
    TEST(every_beginning_of_a_text_can_be_read)
    TEST(the_corpus_is_clean)
    TEST_END
};
