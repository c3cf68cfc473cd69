/* h2_client_fuzz.c - fuzz driver of h2_session.h: bytes of a server, given in two parts and again
 * in small pieces, make the same of the same streams and are answered with the same bytes; what
 * comes out are whole frames; limits hold. The first byte says where the cut is, at which one
 * stream's user leaves; the second how large the pieces are. Corpus: fuzz/corpus/h2_client.
 * Replayed by h2_input_test.c */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/h2_session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_STREAMS = 4, FUZZ_HEADER_MAX = 2000 };

struct fuzz_stream {
    struct h2_stream st;
    struct net_error error;
    uint64_t sum;      /* of all that was told, in order */
    size_t told_bytes; /* of fields */
    int overs;
};

struct fuzz_side {
    struct h2_session s;
    struct fuzz_stream streams[FUZZ_STREAMS];
    struct buf out;
    int rc;
};

static void fuzz_note(struct h2_stream *st, const char *data, size_t len)
{
    struct fuzz_stream *f = (struct fuzz_stream *)(void *)st;
    CHECK(!st->is_over && f->overs == 0);
    for (size_t i = 0; i < len; i++)
        f->sum = (f->sum ^ (uint8_t)data[i]) * UINT64_C(0x100000001b3);
}

static int fuzz_on_field(struct h2_stream *st, struct str name, struct str value)
{
    struct fuzz_stream *f = (struct fuzz_stream *)(void *)st;
    CHECK(!st->has_head && name.len > 0);
    f->told_bytes += name.len + value.len + 32;
    CHECK(f->told_bytes <= FUZZ_HEADER_MAX);
    fuzz_note(st, name.p, name.len);
    fuzz_note(st, ":", 1);
    fuzz_note(st, value.p, value.len);
    return 0;
}

static int fuzz_on_head(struct h2_stream *st, struct str status)
{
    CHECK(st->has_head && status.len > 0);
    fuzz_note(st, status.p, status.len);
    return 0;
}

static int fuzz_on_data(struct h2_stream *st, const char *data, size_t len)
{
    CHECK(st->has_head && !st->is_head && len > 0);
    const char *enough = memchr(data, '!', len);
    fuzz_note(st, data, enough != NULL ? (size_t)(enough - data) : len);
    if (enough != NULL) /* for some users */
        return net_error_set(st->error, ERR_TOO_LARGE, NET_DEFAULT, "enough");
    return 0;
}

static void fuzz_on_over(struct h2_stream *st)
{
    struct fuzz_stream *f = (struct fuzz_stream *)(void *)st;
    CHECK(st->is_over && ++f->overs == 1);
    CHECK((st->rc < 0) == (f->error.code != 0));
}

static const struct h2_events fuzz_events = {fuzz_on_field, fuzz_on_head, fuzz_on_data,
                                             fuzz_on_over};

static void fuzz_open(struct fuzz_side *side)
{
    static const char body[3000];
    struct h2_field fields[] = {
        {STR(":authority"), STR("h")},
        {STR(":method"), STR("GET")},
        {STR(":path"), STR("/")},
        {STR(":scheme"), STR("https")},
    };
    memset(side, 0, sizeof *side);
    buf_init(&side->out, BUF_NO_LIMIT);
    CHECK(h2_session_init(&side->s, FUZZ_HEADER_MAX) == 0);
    h2_session_greet(&side->s, &side->out);
    for (int i = 0; i < FUZZ_STREAMS; i++) {
        struct fuzz_stream *f = &side->streams[i];
        f->st = (struct h2_stream){.events = &fuzz_events, .error = &f->error, .is_head = i == 1};
        if (i == 2)
            f->st.upload = (struct str){body, sizeof body};
        CHECK(h2_session_open(&side->s, &f->st, fields, 4, &side->out) == 0);
    }
}

static void fuzz_feed(struct fuzz_side *side, const uint8_t *data, size_t len, size_t piece)
{
    for (size_t at = 0; at < len && side->rc == 0; at += piece) {
        size_t n = len - at < piece ? len - at : piece;
        char *copy = mem_dup(data + at, n); /* of its own size, so that a read too far is seen */
        side->rc = h2_session_feed(&side->s, copy, n, (int64_t)at, &side->out);
        mem_free(copy);
        CHECK((side->rc < 0) == side->s.is_dead);
        CHECK(side->s.stream_count <= FUZZ_STREAMS);
    }
}

static void fuzz_check_frames(const struct buf *out)
{
    size_t at = H2_PREFACE_LEN;
    while (at < out->len) {
        CHECK(out->len - at >= H2_HEAD_SIZE);
        struct h2_head h = h2_read_head((const uint8_t *)out->data + at);
        CHECK(h.len <= H2_FRAME_MAX && h.type <= H2_CONTINUATION);
        at += H2_HEAD_SIZE + h.len;
    }
    CHECK(at == out->len);
}

static void fuzz_play(struct fuzz_side *side, const uint8_t *data, size_t len, size_t cut,
                      size_t piece)
{
    fuzz_open(side);
    fuzz_feed(side, data, cut, piece);
    if (!side->streams[3].st.is_over)
        h2_session_reset(&side->s, &side->streams[3].st, H2_CANCEL, &side->out);
    fuzz_feed(side, data + cut, len - cut, piece);
    if (side->rc == 0) {
        h2_session_pump(&side->s, &side->out, side->out.len + 10000);
        h2_session_end(&side->s, ERR_CLOSED, NULL);
    }
    for (int i = 0; i < FUZZ_STREAMS; i++)
        CHECK(side->streams[i].st.is_over);
    CHECK(side->s.stream_count == 0 && side->s.upload_count == 0);
    h2_session_deinit(&side->s);
    fuzz_check_frames(&side->out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_side whole;
    struct fuzz_side pieces;
    if (size < 2)
        return 0;
    size_t len = size - 2;
    size_t cut = (size_t)data[0] * len / 255;
    fuzz_play(&whole, data + 2, len, cut, len + 1);
    fuzz_play(&pieces, data + 2, len, cut, 1 + data[1] % 16);
    CHECK(whole.rc == pieces.rc);
    CHECK(whole.out.len == pieces.out.len);
    CHECK(memcmp(whole.out.data, pieces.out.data, whole.out.len) == 0);
    for (int i = 0; i < FUZZ_STREAMS; i++) {
        const struct fuzz_stream *a = &whole.streams[i];
        const struct fuzz_stream *b = &pieces.streams[i];
        CHECK(a->sum == b->sum && a->st.rc == b->st.rc && a->error.code == b->error.code);
        CHECK(strcmp(a->error.detail, b->error.detail) == 0);
        CHECK(a->st.torn_len == b->st.torn_len && a->st.torn_len <= H2_FRAME_MAX);
    }
    buf_deinit(&whole.out);
    buf_deinit(&pieces.out);
    return 0;
}
