#include <stdio.h>

#include "base/err.h"
#include "net/cookie_jar.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput cookie_fuzz_one
#include "../../fuzz/cookie_fuzz.c"
#undef LLVMFuzzerTestOneInput

static struct cookie parse(const char *text)
{
    struct cookie c;
    assert_int_equal(cookie_parse(str_of(text), &c), 0);
    return c;
}

static void reads_attributes(void **state)
{
    struct cookie c = parse(" full = v ; Path=/p; Domain=a.example; Expires=Wed, 01 Jan 2031 "
                            "00:00:00 GMT; Max-Age=77; Secure; HttpOnly; SameSite=Lax; ;x");
    (void)state;
    assert_true(str_eqs(c.name, "full"));
    assert_true(str_eqs(c.value, " v"));
    assert_true(str_eqs(c.path, "/p"));
    assert_true(str_eqs(c.domain, "a.example"));
    assert_int_equal(c.max_age, 77);
    assert_true(c.secure && c.http_only && c.has_expires);
    assert_int_equal(c.expires_s, 1924992000);
    c = parse("plain=v");
    assert_true(!c.secure && !c.http_only && !c.has_expires && c.max_age == 0);
    assert_int_equal(c.path.len + c.domain.len, 0);
}

static void reads_values(void **state)
{
    (void)state;
    assert_true(str_eqs(parse("q=\"a b\"").value, "a b"));
    assert_true(str_eqs(parse("e=").value, ""));
    assert_true(str_eqs(parse("a=b=c").value, "b=c"));
    assert_true(str_eqs(parse("a=1,2 3").value, "1,2 3"));
}

static void refuses_what_is_no_cookie(void **state)
{
    static const char *const bad[] = {"",       "noequals", "=novalue", "bad name=x", "a\"b=c",
                                      "a=b\\c", "a=b\"c",   "a=\x01",   "a=\xc3\xa9", "; a=b"};
    struct cookie c;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(cookie_parse(str_of(bad[i]), &c), ERR_INVALID);
}

static void reads_max_age(void **state)
{
    (void)state;
    assert_int_equal(parse("a=b; Max-Age=0").max_age, -1);
    assert_int_equal(parse("a=b; max-age=-5").max_age, -1);
    assert_int_equal(parse("a=b; Max-Age=010").max_age, 0);
    assert_int_equal(parse("a=b; Max-Age=soon").max_age, 0);
    assert_int_equal(parse("a=b; Max-Age=").max_age, 0);
    assert_true(parse("a=b; Max-Age=9999999999").max_age == INT64_C(9999999999));
}

static void reads_dates(void **state)
{
    static const struct {
        const char *text;
        bool is_good;
        int64_t want_s;
    } cases[] = {
        {"Thu, 01 Jan 1970 00:00:00 GMT", true, 0},
        {"Thu, 01-Jan-1970 00:00:10 GMT", true, 10},
        {"Tue, 29 Feb 2000 12:34:56 UTC", true, 951827696},
        {"Sat, 31 Dec 1600 23:59:59 GMT", true, -11644473601},
        {"Tue, 29 Feb 1900 00:00:00 GMT", false, 0},
        {"Tue, 29 Feb 2000 24:00:00 GMT", false, 0},
        {"Tue, 32 Jan 2000 00:00:00 GMT", false, 0},
        {"2000-01-01", false, 0},
        {"Thu, 01 Jan 70 00:00:00 GMT", false, 0},
        {"Thu, 01 Jan 1970 00:00:00", false, 0},
        {"Thu, 01 Jan 1970 00:00:00 GMTx", false, 0},
        {"", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[100];
        snprintf(text, sizeof text, "a=b; Expires=%s", cases[i].text);
        struct cookie c = parse(text);
        assert_int_equal(c.has_expires, cases[i].is_good);
        if (cases[i].is_good)
            assert_int_equal(c.expires_s, cases[i].want_s);
    }
}

static void writes_what_belongs_into_a_field(void **state)
{
    struct buf b;
    (void)state;
    buf_init(&b, BUF_NO_LIMIT);
    assert_int_equal(cookie_put(&b, STR("a\r\nb"), STR("x;y\"z\\")), ';');
    assert_string_equal(b.data, "a--b=xyz");
    buf_clear(&b);
    assert_int_equal(cookie_put(&b, STR("c"), STR("1, 2")), -1);
    assert_string_equal(b.data, "c=\"1, 2\"");
    buf_deinit(&b);
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("cookie", cookie_fuzz_one);
}

TEST_SUITE(cookie)
{
    TEST(reads_attributes)
    TEST(reads_values)
    TEST(refuses_what_is_no_cookie)
    TEST(reads_max_age)
    TEST(reads_dates)
    TEST(writes_what_belongs_into_a_field)
    TEST(the_corpus_is_clean)
    TEST_END
};
