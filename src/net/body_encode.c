/* body_encode.c - request bodies packed in one go, each coding at its library's usual level.
 * Spec: RFC 9110 section 8.4.1, RFC 1950, 1952, 7932, 8878. Tests: body_encode_test.c */
#include "net/body_encode.h"

#include <brotli/encode.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/err.h"

enum {
    GZIP_WINDOW = MAX_WBITS + 16, /* zlib's way to ask for gzip's frame */
    BROTLI_QUALITY = 6,
    CHUNK_MAX = 1 << 30, /* zlib counts in unsigned int */
};

static const char *const names[CODING_COUNT] = {[CODING_GZIP] = "gzip",
                                                [CODING_DEFLATE] = "deflate",
                                                [CODING_ZSTD] = "zstd",
                                                [CODING_BR] = "br"};

const char *body_coding_name(enum body_coding c)
{
    return names[c];
}

int body_coding_parse(struct str name, enum body_coding *out)
{
    for (int i = 0; i < CODING_COUNT; i++) {
        if (str_eqs(name, names[i])) {
            *out = (enum body_coding)i;
            return 0;
        }
    }
    return ERR_INVALID;
}

/* Gives the stream the rest of its input, in pieces that it can count, and takes what comes. */
static int deflate_all(z_stream *z, struct buf *out, struct str body)
{
    size_t given = 0;
    int rc = Z_OK;
    while (rc != Z_STREAM_END) {
        if (z->avail_in == 0 && given < body.len) {
            size_t piece = body.len - given < CHUNK_MAX ? body.len - given : CHUNK_MAX;
            z->next_in = (Bytef *)(uintptr_t)(body.p + given);
            z->avail_in = (uInt)piece;
            given += piece;
        }
        int room = buf_reserve(out, 16384);
        if (room < 0)
            return room;
        z->next_out = (Bytef *)out->data + out->len;
        z->avail_out = 16384;
        rc = deflate(z, given == body.len ? Z_FINISH : Z_NO_FLUSH);
        if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
            return ERR_NOMEM;
        out->len += 16384 - z->avail_out;
    }
    out->data[out->len] = '\0';
    return 0;
}

static int encode_zlib(struct buf *out, struct str body, int window)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return ERR_NOMEM;
    int rc = deflate_all(&z, out, body);
    deflateEnd(&z);
    return rc;
}

static int encode_zstd(struct buf *out, struct str body)
{
    size_t most = ZSTD_compressBound(body.len);
    int rc = buf_reserve(out, most);
    if (rc < 0)
        return rc;
    size_t len = ZSTD_compress(out->data + out->len, most, body.p, body.len, ZSTD_CLEVEL_DEFAULT);
    if (ZSTD_isError(len))
        return ERR_NOMEM;
    out->len += len;
    out->data[out->len] = '\0';
    return 0;
}

static int encode_brotli(struct buf *out, struct str body)
{
    size_t len = BrotliEncoderMaxCompressedSize(body.len);
    int rc = len == 0 ? ERR_TOO_LARGE : buf_reserve(out, len);
    if (rc < 0)
        return rc;
    if (!BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, body.len,
                               (const uint8_t *)body.p, &len, (uint8_t *)out->data + out->len))
        return ERR_NOMEM;
    out->len += len;
    out->data[out->len] = '\0';
    return 0;
}

int body_encode(struct buf *out, enum body_coding c, struct str body)
{
    if (body.p == NULL)
        body = STR("");
    switch (c) {
    case CODING_GZIP:
        return encode_zlib(out, body, GZIP_WINDOW);
    case CODING_DEFLATE:
        return encode_zlib(out, body, MAX_WBITS);
    case CODING_ZSTD:
        return encode_zstd(out, body);
    case CODING_BR:
        return encode_brotli(out, body);
    case CODING_COUNT:
        break;
    }
    return ERR_INVALID;
}
