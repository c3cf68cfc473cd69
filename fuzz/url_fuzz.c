/* url_fuzz.c - fuzz driver of url.h. The input is a URL, or two with a newline between: base and
 * reference. What is accepted and names a host prints and reads back the same, and fits a request
 * line. Corpus: fuzz/corpus/url. Replayed by url_test.c */
#include <stdint.h>
#include <string.h>

#include "base/punycode.h"
#include "base/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_url(const struct url *u)
{
    struct buf text, other;
    struct url *again = NULL;
    buf_init(&text, BUF_NO_LIMIT);
    buf_init(&other, BUF_NO_LIMIT);
    url_put(&text, u, true);
    url_put(&other, u, false);
    buf_clear(&other);
    url_put_host(&other, u);
    buf_clear(&other);
    url_put_request_target(&other, u);
    CHECK(other.len > 0);
    for (size_t i = 0; i < u->path.len; i++)
        CHECK(u->path.p[i] > ' ' && u->path.p[i] < 0x7f);
    if (u->scheme.len > 0 && url_has_host(u)) {
        CHECK(url_parse(&again, (struct str){text.data, text.len}, NULL) == 0);
        CHECK(str_eq(again->host, u->host) && str_eq(again->port_text, u->port_text));
        CHECK(str_eq(again->user, u->user) && str_eq(again->password, u->password));
        CHECK(str_eq(again->path, u->path) && str_eq(again->query, u->query));
        CHECK(again->port == u->port && again->is_ipv6 == u->is_ipv6);
        buf_clear(&other);
        url_put(&other, again, true);
        CHECK(str_eq((struct str){text.data, text.len}, (struct str){other.data, other.len}));
    }
    url_free(again);
    buf_deinit(&text);
    buf_deinit(&other);
}

/* One URL, or NULL: a refusal says why. */
static struct url *parse_checked(struct str text)
{
    struct err e = {0};
    struct url *u = NULL;
    if (url_parse(&u, text, &e) == 0)
        check_url(u);
    else
        CHECK(e.msg != NULL && u == NULL);
    err_deinit(&e);
    return u;
}

/* What goes on the wire is ASCII, and stays what it is when it is made ASCII again. */
static void check_ascii(struct str host)
{
    struct buf ascii, again;
    buf_init(&ascii, BUF_NO_LIMIT);
    buf_init(&again, BUF_NO_LIMIT);
    if (punycode_put_host(&ascii, host) == 0) {
        for (size_t i = 0; i < ascii.len; i++)
            CHECK((unsigned char)ascii.data[i] < 0x80);
        struct str text = {ascii.data, ascii.len};
        CHECK(punycode_put_host(&again, text) == 0);
        CHECK(str_eq((struct str){again.data, again.len}, text));
    }
    buf_deinit(&ascii);
    buf_deinit(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str first, second;
    bool has_two = str_cut((struct str){(const char *)data, size}, '\n', &first, &second);
    struct url *base = parse_checked(first);
    struct url *reference = has_two ? parse_checked(second) : NULL;
    if (base != NULL && reference != NULL && base->scheme.len > 0 && url_has_host(base)) {
        struct url *joined = NULL;
        CHECK(url_resolve(&joined, base, second, NULL) == 0);
        CHECK(joined->scheme.len > 0);
        CHECK(str_finds(joined->path, "/../") < 0 && str_finds(joined->path, "/./") < 0);
        check_url(joined);
        url_free(joined);
    }
    url_free(base);
    url_free(reference);

    check_ascii(first);
    struct buf plain, escaped;
    buf_init(&plain, BUF_NO_LIMIT);
    buf_init(&escaped, BUF_NO_LIMIT);
    url_put_query_escaped(&escaped, first);
    CHECK(url_unescape_query(&plain, (struct str){escaped.data, escaped.len}) == 0);
    CHECK(str_eq((struct str){plain.data, plain.len}, first));
    buf_deinit(&plain);
    buf_deinit(&escaped);
    return 0;
}
