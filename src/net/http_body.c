/* http_body.c - the body of an answer as it comes in, for either version of HTTP: kept up to a
 * limit or only counted. Sizes a server chooses may fail. Tests: http_client_test.c,
 * h2_exchange_test.c */
#include <string.h>

#include "base/mem.h"
#include "net/http_client_int.h"

int http_body_fail_size(const struct http_body *b, struct net_error *e)
{
    return net_error_set(e, ERR_TOO_LARGE, NET_DEFAULT, "response body is larger than %zu bytes",
                         b->limit);
}

int http_body_reserve(struct http_body *b, size_t cap, struct net_error *e)
{
    char *more = mem_try_realloc(b->data, cap + 1);
    if (more == NULL)
        return net_error_from_rc(e, ERR_NOMEM);
    b->data = more;
    b->cap = cap;
    return 0;
}

int http_body_add(struct http_body *b, const char *data, size_t len, struct net_error *e)
{
    if (len > b->limit - b->len)
        return http_body_fail_size(b, e);
    if (b->is_discarded) {
        b->len += len;
        return 0;
    }
    if (len > b->cap - b->len) {
        size_t cap = b->cap < b->limit / 2 ? b->cap * 2 : b->limit;
        if (cap < b->len + len)
            cap = b->len + len;
        int rc = http_body_reserve(b, cap < 256 ? 256 : cap, e);
        if (rc < 0)
            return rc;
    }
    memcpy(b->data + b->len, data, len);
    b->len += len;
    return 0;
}

/* Scripts read null for what can't have a body, "" for an empty one. */
void http_body_hand_over(struct http_body *b, struct http_response *r)
{
    bool has_none = r->status / 100 == 1 || r->status == 204 || r->status == 304;
    if (b->is_discarded || has_none) {
        mem_free(b->data);
    } else {
        if (b->data == NULL)
            b->data = mem_alloc(1);
        b->data[b->len] = '\0';
        r->body = b->data;
        r->body_len = b->len;
    }
    b->data = NULL;
}
