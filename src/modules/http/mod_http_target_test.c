/* mod_http_target_test.c - urls remembered, and how tags show those with credentials. */
#include "modules/http/http_int.h"

#include <string.h>

#include <stdio.h>

#include "test.h"

static void credentials_are_hidden_as_k6_hides_them(void **state)
{
    static const struct {
        const char *url, *clean;
    } cases[] = {
        {"http://host/a?b", "http://host/a?b"},
        {"http://user:pass@host/a", "http://****:****@host/a"},
        {"http://user@host/a", "http://****@host/a"},
        {"http://user:@host/a", "http://****:****@host/a"},
        /* the lengths of what was decoded are cut out: two bytes of "pa%20ss" are left behind */
        {"http://user:pa%20ss@host/a", "http://****:****ss@host/a"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct err e = {0};
        struct http_target *t = mod_http_target_new(str_of(cases[i].url), STR(""), &e);
        assert_non_null(t);
        assert_string_equal(t->clean.p, cases[i].clean);
        mod_http_target_unref(t);
    }
}

static void a_template_names_the_request_unless_it_has_no_places(void **state)
{
    struct err e = {0};
    struct http_target *t = mod_http_target_new(STR("http://h/1"), STR("http://h/${}"), &e);
    assert_string_equal(t->name.p, "http://h/${}");
    mod_http_target_unref(t);
    t = mod_http_target_new(STR("http://h/1"), STR("http://h/1"), &e);
    assert_int_equal(t->name.len, 0);
    mod_http_target_unref(t);
}

static void the_cache_gives_the_same_target_and_forgets_the_oldest(void **state)
{
    struct http_target_cache c = {0};
    struct err e = {0};
    struct http_target *first = mod_http_target_get(&c, STR("http://h/first"), &e);
    struct http_target *again = mod_http_target_get(&c, STR("http://h/first"), &e);
    assert_ptr_equal(first, again);
    assert_int_equal(first->refs, 3);
    for (int i = 0; i < TARGET_SLOTS; i++) {
        char url[32];
        snprintf(url, sizeof(url), "http://h/%d", i);
        mod_http_target_unref(mod_http_target_get(&c, str_of(url), &e));
    }
    assert_int_equal(first->refs, 2);
    mod_http_target_unref(again);
    mod_http_target_unref(first);
    mod_http_target_cache_clear(&c);
}

static void a_bad_url_says_so_in_k6s_words(void **state)
{
    struct http_target_cache c = {0};
    struct err e = {0};
    assert_null(mod_http_target_get(&c, STR("http://[bad"), &e));
    assert_string_equal(e.msg, "invalid URL: parse \"http://[bad\": missing ']' in host");
    err_deinit(&e);
}

TEST_SUITE(mod_http_target){
    TEST(credentials_are_hidden_as_k6_hides_them)
    TEST(a_template_names_the_request_unless_it_has_no_places)
    TEST(the_cache_gives_the_same_target_and_forgets_the_oldest)
    TEST(a_bad_url_says_so_in_k6s_words)
    TEST_END
};
