/* cookie_fuzz.c - fuzz driver of cookie_jar.h: the input's first line is a URL, the others are
 * Set-Cookie fields. What a jar gives back for the URL can be sent and is no more than what was
 * set. Corpus: fuzz/corpus/cookie. Replayed by cookie_test.c */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "net/cookie_jar.h"
#include "net/http1_head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define COOKIE_FUZZ_NOW_NS (INT64_C(1700000000) * 1000000000)

static void cookie_fuzz_each(void *opaque, struct str name, struct str value)
{
    struct buf b;
    size_t *left = opaque;
    CHECK(*left > 0);
    --*left;
    CHECK(http1_is_token(name));
    buf_init(&b, BUF_NO_LIMIT);
    cookie_put(&b, name, value);
    CHECK(http1_is_value((struct str){b.data, b.len}));
    buf_deinit(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size};
    struct str line;
    struct url *u = NULL;
    str_cut(rest, '\n', &line, &rest);
    if (url_parse(&u, line, NULL) < 0)
        return 0;
    struct cookie_jar *j = cookie_jar_new();
    size_t set = 0;
    while (rest.len > 0) {
        struct cookie c;
        str_cut(rest, '\n', &line, &rest);
        if (cookie_parse(line, &c) < 0)
            continue;
        CHECK(c.name.len > 0 && c.max_age >= -1);
        cookie_jar_set(j, u, &c, COOKIE_FUZZ_NOW_NS);
        set++;
    }
    size_t left = set;
    cookie_jar_each(j, u, COOKIE_FUZZ_NOW_NS, cookie_fuzz_each, &left);
    cookie_jar_remove_all_of(j, u);
    cookie_jar_each(j, u, INT64_MAX, cookie_fuzz_each, &set);
    cookie_jar_free(j);
    url_free(u);
    return 0;
}
