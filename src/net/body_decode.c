/* body_decode.c - content codings. One coding after the other over whole bodies: they are in memory
 * anyway, and a cap on each step's output is all that a decompression bomb needs. Error texts are
 * those of the decoders k6 has; which of them count as decompression errors (1701) is k6's choice
 * too. Tests: body_decode_test.c */
#include "net/body_decode.h"

#include <stdio.h>
#include <string.h>

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/err.h"
#include "base/mem.h"

enum coding { CODING_NONE, CODING_GZIP, CODING_DEFLATE, CODING_BR, CODING_ZSTD };

/* What is decoded into. */
struct sink {
    char *data;
    size_t len;
    size_t cap;
    size_t max;
    bool
        is_void; /* the decoder couldn't even start: k6 then has no body at all, not an empty one */
    struct net_error *error;
};

static enum coding coding_of(struct str name)
{
    struct str n = str_trim(name);
    if (str_eqs(n, "gzip"))
        return CODING_GZIP;
    if (str_eqs(n, "deflate"))
        return CODING_DEFLATE;
    if (str_eqs(n, "br"))
        return CODING_BR;
    if (str_eqs(n, "zstd"))
        return CODING_ZSTD;
    return CODING_NONE;
}

/* Takes the last item off the list; false when there is none. */
static bool take_last(struct str *list, struct str *item)
{
    if (list->p == NULL)
        return false;
    size_t at = list->len;
    while (at > 0 && list->p[at - 1] != ',')
        at--;
    *item = (struct str){list->p + at, list->len - at};
    if (at == 0)
        list->p = NULL;
    else
        list->len = at - 1;
    return true;
}

bool body_is_encoded(struct str encodings)
{
    struct str item;
    while (take_last(&encodings, &item))
        if (coding_of(item) != CODING_NONE)
            return true;
    return false;
}

/* ---- room and errors */

static int fail_decoding(struct sink *s, const char *prefix, const char *text)
{
    return net_error_set(s->error, ERR_PROTOCOL, NET_BODY_COMPRESSION,
                         "error decompressing response body (%s%s)", prefix, text);
}

/* Errors that k6 knows: it says what they are twice over, but for the log. */
static int fail_known(struct sink *s, const char *prefix, const char *text)
{
    char once[128];
    snprintf(once, sizeof once, "error decompressing response body (%s%s)", prefix, text);
    net_error_set(s->error, ERR_PROTOCOL, NET_BODY_COMPRESSION,
                  "error decompressing response body (%s)", once);
    return net_error_set_detail(s->error, ERR_PROTOCOL, "%s", once);
}

/* The decoder couldn't even start. */
static int fail_start(struct sink *s, const char *text)
{
    s->is_void = s->len == 0;
    return fail_decoding(s, "", text);
}

static int fail_known_start(struct sink *s, const char *prefix, const char *text)
{
    s->is_void = s->len == 0;
    return fail_known(s, prefix, text);
}

static int fail_eof(struct sink *s)
{
    return net_error_set(s->error, ERR_PROTOCOL, NET_DEFAULT, "unexpected EOF");
}

/* Room for at least one more byte, and one for the NUL. */
static int make_room(struct sink *s)
{
    if (s->len < s->cap)
        return 0;
    if (s->cap >= s->max)
        return net_error_set(s->error, ERR_TOO_LARGE, NET_DEFAULT,
                             "response body is larger than %zu bytes after decompression", s->max);
    size_t cap = s->cap > s->max / 2 ? s->max : s->cap * 2;
    char *more = mem_try_realloc(s->data, cap + 1);
    if (more == NULL)
        return net_error_from_rc(s->error, ERR_NOMEM);
    s->data = more;
    s->cap = cap;
    return 0;
}

static int open_sink(struct sink *s, size_t guess)
{
    s->cap = guess < 512 ? 512 : guess;
    if (s->cap > s->max)
        s->cap = s->max;
    s->len = 0;
    s->data = mem_try_alloc(s->cap + 1);
    return s->data != NULL ? 0 : net_error_from_rc(s->error, ERR_NOMEM);
}

/* ---- gzip and deflate */

static int fail_inflate(struct sink *s, const z_stream *z, bool is_gzip, bool is_start)
{
    const char *kind = is_gzip ? "gzip: " : "zlib: ";
    const char *msg = z->msg != NULL ? z->msg : "";
    if (strcmp(msg, "incorrect data check") == 0 || strcmp(msg, "incorrect length check") == 0)
        return fail_known(s, kind, "invalid checksum");
    if (is_start || strcmp(msg, "incorrect header check") == 0 ||
        strcmp(msg, "unknown compression method") == 0 || strcmp(msg, "invalid window size") == 0 ||
        strcmp(msg, "unknown header flags set") == 0)
        return fail_known_start(s, kind, "invalid header");
    return net_error_set(s->error, ERR_PROTOCOL, NET_DEFAULT,
                         "flate: corrupt input before offset %lu", z->total_in);
}

static int inflate_all(struct sink *s, z_stream *z, bool is_gzip, size_t in_len)
{
    for (;;) {
        int rc = make_room(s);
        if (rc < 0)
            return rc;
        size_t room = s->cap - s->len;
        z->next_out = (Bytef *)s->data + s->len;
        z->avail_out = room > UINT32_MAX ? UINT32_MAX : (uInt)room;
        uInt before = z->avail_out;
        int zrc = inflate(z, Z_NO_FLUSH);
        s->len += before - z->avail_out;
        if (zrc == Z_STREAM_END) {
            /* gzip members may follow one another; what follows zlib's form is ignored. */
            if (!is_gzip || z->avail_in == 0)
                return 0;
            inflateReset(z);
        } else if (zrc == Z_BUF_ERROR && z->avail_in == 0) {
            return in_len < (is_gzip ? 10U : 2U) ? fail_start(s, "unexpected EOF") : fail_eof(s);
        } else if (zrc == Z_NEED_DICT) {
            return fail_known_start(s, "zlib: ", "invalid dictionary");
        } else if (zrc == Z_MEM_ERROR) {
            return net_error_from_rc(s->error, ERR_NOMEM);
        } else if (zrc != Z_OK && zrc != Z_BUF_ERROR) {
            return fail_inflate(s, z, is_gzip, z->total_in < 2);
        }
    }
}

static int decode_inflate(struct sink *s, const char *in, size_t len, bool is_gzip)
{
    if (len == 0)
        return fail_start(s, is_gzip ? "EOF" : "unexpected EOF");
    if (len > UINT32_MAX)
        return net_error_from_rc(s->error, ERR_TOO_LARGE);
    z_stream z = {.next_in = (Bytef *)in, .avail_in = (uInt)len};
    if (inflateInit2(&z, is_gzip ? 15 + 16 : 15) != Z_OK)
        return net_error_from_rc(s->error, ERR_NOMEM);
    int rc = inflate_all(s, &z, is_gzip, len);
    inflateEnd(&z);
    return rc;
}

/* ---- br */

static int decode_br(struct sink *s, const char *in, size_t len)
{
    if (len == 0)
        return fail_eof(s);
    BrotliDecoderState *d = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    if (d == NULL)
        return net_error_from_rc(s->error, ERR_NOMEM);
    const uint8_t *next_in = (const uint8_t *)in;
    int rc = 0;
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (rc == 0 && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        rc = make_room(s);
        if (rc < 0)
            break;
        uint8_t *next_out = (uint8_t *)s->data + s->len;
        size_t room = s->cap - s->len;
        result = BrotliDecoderDecompressStream(d, &len, &next_in, &room, &next_out, NULL);
        s->len = s->cap - room;
    }
    if (rc == 0 && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
        rc = fail_eof(s);
    else if (rc == 0 && result == BROTLI_DECODER_RESULT_ERROR)
        rc = fail_decoding(s, "brotli: ", BrotliDecoderErrorString(BrotliDecoderGetErrorCode(d)));
    else if (rc == 0 && len > 0)
        rc = fail_decoding(s, "brotli: ", "excessive input");
    BrotliDecoderDestroyInstance(d);
    return rc;
}

/* ---- zstd */

static int fail_zstd(struct sink *s, size_t result)
{
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_prefix_unknown:
        return fail_known(s, "", "invalid input: magic number mismatch");
    case ZSTD_error_checksum_wrong:
        return fail_known(s, "", "CRC check failed");
    case ZSTD_error_frameParameter_windowTooLarge:
        return fail_known(s, "", "window size exceeded");
    case ZSTD_error_dictionary_wrong:
        return fail_known(s, "", "unknown dictionary");
    case ZSTD_error_memory_allocation:
        return net_error_from_rc(s->error, ERR_NOMEM);
    default: /* the rest of a foreign enum */
        return fail_decoding(s, "zstd: ", ZSTD_getErrorName(result));
    }
}

static int decode_zstd(struct sink *s, const char *in, size_t len)
{
    if (len == 0)
        return 0;
    ZSTD_DCtx *d = ZSTD_createDCtx();
    if (d == NULL)
        return net_error_from_rc(s->error, ERR_NOMEM);
    ZSTD_inBuffer input = {in, len, 0};
    size_t result = 1;
    int rc = 0;
    while (rc == 0) {
        rc = make_room(s);
        if (rc < 0)
            break;
        ZSTD_outBuffer output = {s->data + s->len, s->cap - s->len, 0};
        result = ZSTD_decompressStream(d, &output, &input);
        s->len += output.pos;
        if (ZSTD_isError(result))
            rc = fail_zstd(s, result);
        else if (input.pos == input.size && output.pos < output.size)
            break; /* nothing more to read, nothing more to write */
    }
    if (rc == 0 && result != 0)
        rc = fail_eof(s);
    ZSTD_freeDCtx(d);
    return rc;
}

static int decode_one(enum coding coding, struct sink *s, const char *in, size_t len)
{
    int rc = open_sink(s, len < SIZE_MAX / 4 ? len * 4 : len);
    if (rc < 0)
        return rc;
    switch (coding) {
    case CODING_NONE:
        break;
    case CODING_GZIP:
        return decode_inflate(s, in, len, true);
    case CODING_DEFLATE:
        return decode_inflate(s, in, len, false);
    case CODING_BR:
        return decode_br(s, in, len);
    case CODING_ZSTD:
        return decode_zstd(s, in, len);
    }
    return 0;
}

/* A coding gave an error and nothing else. Where the next one reads a header before anything else,
 * that can't start, and says why. */
static void fail_next_start(struct sink *s, struct str encodings)
{
    struct str item;
    enum coding next = CODING_NONE;
    while (next == CODING_NONE && take_last(&encodings, &item))
        next = coding_of(item);
    if (s->len > 0 || (next != CODING_GZIP && next != CODING_DEFLATE))
        return;
    s->is_void = true;
    if (s->error->code == NET_DEFAULT) {
        char text[sizeof s->error->text];
        memcpy(text, s->error->text, sizeof text);
        fail_start(s, text);
    }
}

int body_decode(struct str encodings, char **body, size_t *len, size_t max, struct net_error *e)
{
    struct str item;
    int rc = 0;
    while (rc == 0 && take_last(&encodings, &item)) {
        enum coding coding = coding_of(item);
        if (coding == CODING_NONE)
            continue;
        struct sink s = {.max = max, .error = e};
        rc = decode_one(coding, &s, *body, *len);
        if (rc < 0)
            fail_next_start(&s, encodings);
        mem_free(*body);
        *body = s.data;
        *len = s.len;
        if (s.data != NULL)
            s.data[s.len] = '\0';
        if (s.is_void) {
            mem_free(s.data);
            *body = NULL;
            *len = 0;
        }
    }
    return rc;
}
