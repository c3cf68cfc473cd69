/* httpd_fuzz.c - fuzz driver of httpd_parse.h: a stream of requests as httpd_conn.c would read it.
 * Its heads and chunked bodies parse the same whole and in pieces, and what is lent lies inside the
 * input. Corpus: fuzz/corpus/httpd. Replayed by httpd_parse_test.c */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/httpd_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(struct str piece, struct str whole)
{
    CHECK(piece.len == 0 || (piece.p >= whole.p && piece.p + piece.len <= whole.p + whole.len) ||
          str_eqs(piece, "/"));
}

/* Looks for the head as if the bytes came one by one. */
static size_t find_slowly(struct str bytes)
{
    size_t scanned = 0;
    for (size_t n = 0; n <= bytes.len; n++) {
        size_t len = httpd_find_head((struct str){bytes.p, n}, &scanned);
        CHECK(scanned <= n);
        if (len > 0)
            return len;
    }
    return 0;
}

static void check_fields(const struct httpd_head *h)
{
    struct str name, value;
    size_t at = 0;
    while (httpd_next_field(h->fields, &at, &name, &value)) {
        check_inside(name, h->fields);
        check_inside(value, h->fields);
        CHECK(name.len > 0);
    }
    CHECK(at == h->fields.len);
}

/* Decodes whole, and again in small pieces. Returns what was eaten. */
static size_t check_chunks(const char *from, size_t len)
{
    struct httpd_chunks whole = {0}, pieces = {0};
    char *a = mem_dup(from, len + 1);
    char *b = mem_alloc(len + 1);
    size_t have = 0;
    int rc = httpd_chunks_eat(&whole, a, len);
    int slow = 0;
    while (slow == 0 && have < len) {
        size_t n = len - have < 3 ? len - have : 3;
        memcpy(b + have, from + have, n);
        have += n;
        slow = httpd_chunks_eat(&pieces, b, have);
    }
    CHECK(rc == slow);
    CHECK(whole.made <= whole.used && whole.used <= len);
    if (rc >= 0) {
        CHECK(whole.made == pieces.made && whole.used == pieces.used);
        CHECK(memcmp(a, b, whole.made) == 0);
    }
    mem_free(a);
    mem_free(b);
    return rc == 1 ? whole.used : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = mem_alloc(size + 1);
    memcpy(copy, data, size);
    copy[size] = '\0';
    size_t at = 0;
    while (at < size) {
        struct str rest = {copy + at, size - at};
        struct httpd_head h;
        size_t scanned = 0;
        size_t len = httpd_find_head(rest, &scanned);
        CHECK(len == find_slowly(rest));
        if (len == 0)
            break;
        struct str head = {rest.p, len};
        if (httpd_parse_head(head, &h) != 0)
            break;
        check_inside(h.method, head);
        check_inside(h.path, head);
        check_inside(h.query, head);
        check_inside(h.host, head);
        check_inside(h.fields, head);
        check_fields(&h);
        at += len;
        if (h.is_chunked) {
            size_t eaten = check_chunks(copy + at, size - at);
            if (eaten == 0)
                break;
            at += eaten;
        } else if (h.content_length > size - at) {
            break;
        } else {
            at += (size_t)h.content_length;
        }
    }
    mem_free(copy);
    return 0;
}
