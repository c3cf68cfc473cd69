/* h2_block.c - header blocks of a client's session, with libnghttp2's compression: requests out,
 * answers in, field by field as the bytes come, so that no block is ever kept whole. What makes a
 * block invalid, and the words for it, are Go's. Spec: RFC 9113 section 8, RFC 7541. Tests:
 * h2_input_test.c */
#include <stdio.h>
#include <string.h>

#include <nghttp2/nghttp2.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/h2_session_int.h"
#include "net/http1_head.h"

enum {
    TABLE_SIZE = 4096,   /* of our encoder; what the peer may use is the default, the same */
    FIELD_OVERHEAD = 32, /* a field's size in a header list: RFC 9113 section 6.5.2 */
    FIELDS_INLINE = 48,
};

/* ---- memory */

static void *try_alloc(size_t size, void *opaque)
{
    (void)opaque;
    return mem_try_alloc(size);
}

static void give_back(void *p, void *opaque)
{
    (void)opaque;
    mem_free(p);
}

static void *try_calloc(size_t count, size_t size, void *opaque)
{
    (void)opaque;
    void *p = mem_try_alloc(count * size);
    if (p != NULL)
        memset(p, 0, count * size);
    return p;
}

static void *try_realloc(void *p, size_t size, void *opaque)
{
    (void)opaque;
    return mem_try_realloc(p, size);
}

int h2_block_init(struct h2_session *s)
{
    /* The library keeps the pointer. */
    static const nghttp2_mem functions = {NULL, try_alloc, give_back, try_calloc, try_realloc};
    nghttp2_mem *mem = (nghttp2_mem *)(uintptr_t)&functions;
    if (nghttp2_hd_inflate_new2(&s->inflater, mem) == 0 &&
        nghttp2_hd_deflate_new2(&s->deflater, TABLE_SIZE, mem) == 0)
        return 0;
    h2_block_deinit(s);
    return ERR_NOMEM;
}

void h2_block_deinit(struct h2_session *s)
{
    if (s->inflater != NULL)
        nghttp2_hd_inflate_del(s->inflater);
    if (s->deflater != NULL)
        nghttp2_hd_deflate_del(s->deflater);
    s->inflater = NULL;
    s->deflater = NULL;
}

void h2_block_set_table_size(struct h2_session *s, uint32_t size)
{
    nghttp2_hd_deflate_change_table_size(s->deflater, size);
}

/* ---- out */

static int encode(struct h2_session *s, nghttp2_nv *nv, size_t count, uint32_t stream_id,
                  bool ends_stream, struct buf *out)
{
    size_t bound = nghttp2_hd_deflate_bound(s->deflater, nv, count);
    size_t at = out->len;
    int rc = buf_reserve(out, H2_HEAD_SIZE + bound);
    if (rc < 0)
        return rc;
    uint8_t *block = (uint8_t *)out->data + at + H2_HEAD_SIZE;
    ssize_t len = nghttp2_hd_deflate_hd(s->deflater, block, bound, nv, count);
    if (len < 0)
        return ERR_NOMEM;
    if (len > H2_FRAME_MAX) {
        char *copy = mem_dup(block, (size_t)len);
        h2_put_headers(out, stream_id, ends_stream, (struct str){copy, (size_t)len}, H2_FRAME_MAX);
        mem_free(copy);
        return buf_failed(out) ? ERR_NOMEM : 0;
    }
    uint8_t first = block[0]; /* where the buffer puts a NUL behind the head */
    h2_put_head(out, (size_t)len, H2_HEADERS, H2_END_HEADERS | (ends_stream ? H2_END_STREAM : 0),
                stream_id);
    block[0] = first;
    out->len += (size_t)len;
    out->data[out->len] = '\0';
    return 0;
}

int h2_block_put(struct h2_session *s, const struct h2_field *fields, size_t count,
                 uint32_t stream_id, bool ends_stream, struct buf *out)
{
    nghttp2_nv inline_nv[FIELDS_INLINE];
    nghttp2_nv *nv = inline_nv;
    CHECK(count > 0);
    if (count > FIELDS_INLINE && (nv = mem_try_alloc(count * sizeof *nv)) == NULL)
        return ERR_NOMEM;
    for (size_t i = 0; i < count; i++)
        nv[i] = (nghttp2_nv){
            .name = (uint8_t *)(uintptr_t)fields[i].name.p,
            .value = (uint8_t *)(uintptr_t)fields[i].value.p,
            .namelen = fields[i].name.len,
            .valuelen = fields[i].value.len,
        };
    int rc = encode(s, nv, count, stream_id, ends_stream, out);
    if (nv != inline_nv)
        mem_free(nv);
    return rc;
}

/* ---- in */

void h2_block_begin(struct h2_session *s, uint32_t stream_id, bool ends_stream)
{
    struct h2_block *b = &s->block;
    memset(b, 0, offsetof(struct h2_block, status));
    b->stream_id = stream_id;
    b->ends_stream = ends_stream;
    b->status[0] = b->fault[0] = '\0';
}

static void fault(struct h2_block *b, const char *what)
{
    snprintf(b->fault, sizeof b->fault, "%s", what);
}

static void fault_named(struct h2_block *b, const char *what, struct str name)
{
    char *quoted = buf_quote((struct str){name.p, name.len < 64 ? name.len : 64});
    snprintf(b->fault, sizeof b->fault, "%s %s", what, quoted);
    mem_free(quoted);
}

static bool is_of_requests(struct str name)
{
    return str_eqs(name, ":method") || str_eqs(name, ":path") || str_eqs(name, ":scheme") ||
           str_eqs(name, ":authority") || str_eqs(name, ":protocol");
}

static void take_pseudo(struct h2_block *b, struct str name, struct str value)
{
    if (b->has_regular) {
        fault(b, "pseudo header field after regular");
    } else if (is_of_requests(name)) {
        b->has_request_pseudo = true;
    } else if (!str_eqs(name, ":status")) {
        fault_named(b, "invalid pseudo-header", name);
    } else if (b->has_status) {
        fault_named(b, "duplicate pseudo-header", name);
    } else if (value.len >= sizeof b->status) {
        fault(b, "malformed response from server: malformed non-numeric status pseudo header");
    } else {
        b->has_status = true;
        snprintf(b->status, sizeof b->status, "%.*s", (int)value.len, value.p);
        b->is_interim = value.len == 3 && value.p[0] == '1';
    }
    if (b->fault[0] == '\0' && b->has_status && b->has_request_pseudo)
        fault(b, "mix of request and response pseudo headers");
}

/* A field of the block; what is told to the stream is that of its final head. */
static void take_field(struct h2_session *s, struct h2_stream *st, struct str name,
                       struct str value)
{
    struct h2_block *b = &s->block;
    if (b->fault[0] != '\0' || b->is_truncated)
        return;
    b->bytes += name.len + value.len + FIELD_OVERHEAD;
    if (b->bytes > s->max_header_bytes) {
        b->is_truncated = true;
        return;
    }
    if (!http1_is_value(value)) {
        fault_named(b, "invalid header field value for", name);
    } else if (name.len > 0 && name.p[0] == ':') {
        take_pseudo(b, name, value);
    } else if (!http1_is_small_token(name)) {
        fault_named(b, "invalid header field name", name);
    } else {
        b->has_regular = true;
        if (st != NULL && !st->has_head && !b->is_interim && b->user_rc == 0)
            b->user_rc = st->events->on_field(st, name, value);
    }
}

enum h2_code h2_block_feed(struct h2_session *s, struct h2_stream *st, const char *data, size_t len,
                           bool is_last)
{
    for (;;) {
        nghttp2_nv nv;
        int flags = 0;
        ssize_t used = nghttp2_hd_inflate_hd2(s->inflater, &nv, &flags, (const uint8_t *)data, len,
                                              is_last ? 1 : 0);
        if (used < 0)
            return used == NGHTTP2_ERR_NOMEM ? H2_INTERNAL_ERROR : H2_COMPRESSION_ERROR;
        data += used;
        len -= (size_t)used;
        if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0)
            take_field(s, st, (struct str){(const char *)nv.name, nv.namelen},
                       (struct str){(const char *)nv.value, nv.valuelen});
        if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) {
            nghttp2_hd_inflate_end_headers(s->inflater);
            return H2_NO_ERROR;
        }
        if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0 && len == 0)
            return H2_NO_ERROR;
    }
}
