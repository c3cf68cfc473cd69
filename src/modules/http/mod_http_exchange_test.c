/* mod_http_exchange_test.c - header names as Go writes them, each once, in order. */
#include "modules/http/http_int.h"

#include <string.h>

#include "test.h"

static void names_become_canonical(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"content-type", "Content-Type"},
        {"X-MANY", "X-Many"},
        {"ETag", "Etag"},
        {"WWW-Authenticate", "Www-Authenticate"},
        {"x_under", "X_under"},
        {"Already-Ok", "Already-Ok"},
        {"bad name", "bad name"},
        {"", ""},
        {"-x-", "-X-"},
        {"DNT", "Dnt"},
        {"\xc3\xa9x", "\xc3\xa9x"},
    };
    struct arena *a = arena_new(256);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str got = mod_http_exchange_canonical(a, str_of(cases[i].in));
        assert_int_equal(got.len, strlen(cases[i].out));
        assert_memory_equal(got.p, cases[i].out, got.len);
    }
    arena_free(a);
}

static void a_header_is_there_once_and_in_order(void **state)
{
    struct http_session session = {.refs = 1};
    struct vu vu = {0};
    struct http_state st = {.session = &session, .vu = &vu};
    struct http_exchange *x = mod_http_exchange_new(&st, STR("GET"));
    mod_http_exchange_set_header(x, STR("X-B"), STR("1"));
    mod_http_exchange_set_header(x, STR("X-A"), STR("2"));
    mod_http_exchange_set_header(x, STR("X-C"), STR("3"));
    mod_http_exchange_set_header(x, STR("X-B"), STR("4"));
    assert_int_equal(x->headers.len, 3);
    const char *names[] = {"X-A", "X-B", "X-C"}, *values[] = {"2", "4", "3"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(str_eqs(x->headers.items[i].name, names[i]));
        assert_true(str_eqs(x->headers.items[i].value, values[i]));
    }
    assert_true(str_eqs(mod_http_exchange_header(x, "X-C"), "3"));
    assert_null(mod_http_exchange_header(x, "X-D").p);
    mod_http_exchange_free(NULL, x);
    assert_int_equal(session.refs, 1);
}

TEST_SUITE(mod_http_exchange){TEST(names_become_canonical) TEST(a_header_is_there_once_and_in_order)
                                  TEST_END};
