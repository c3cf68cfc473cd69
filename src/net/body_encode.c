/* body_encode.c - request bodies packed in one go, each coding at its library's usual level. What
 * frames the packed data is what k6 sends: the last block of deflate is an empty stored one, gzip
 * names no system, zstd says no size but ends with a checksum. Spec: RFC 9110 section 8.4.1, RFC
 * 1950, 1951, 1952, 7932, 8878. Tests: body_encode_test.c */
#include "net/body_encode.h"

#include <brotli/encode.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/err.h"

enum {
    GZIP_WINDOW = MAX_WBITS + 16, /* zlib's way to ask for gzip's frame */
    GZIP_OS_UNKNOWN = 255,
    BROTLI_QUALITY = 6,
    ROOM = 16384,        /* asked of the buffer at a time */
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

/* Takes what the stream gives until it has nothing left, up to the end of a block. */
static int take_block(z_stream *z, struct buf *out, int flush)
{
    do {
        int rc = buf_reserve(out, ROOM);
        if (rc < 0)
            return rc;
        z->next_out = (Bytef *)out->data + out->len;
        z->avail_out = ROOM;
        rc = deflate(z, flush);
        if (rc != Z_OK && rc != Z_BUF_ERROR)
            return ERR_NOMEM;
        out->len += ROOM - z->avail_out;
    } while (z->avail_out == 0);
    return 0;
}

/* Gives the stream its input, in pieces that it can count. No block is marked as the last. */
static int deflate_blocks(z_stream *z, struct buf *out, struct str body)
{
    size_t given = 0;
    int rc = 0;
    do {
        size_t piece = body.len - given < CHUNK_MAX ? body.len - given : CHUNK_MAX;
        z->next_in = (Bytef *)(uintptr_t)(body.p + given);
        z->avail_in = (uInt)piece;
        given += piece;
        rc = take_block(z, out, given == body.len ? Z_BLOCK : Z_NO_FLUSH);
    } while (rc == 0 && given < body.len);
    return rc;
}

/* The empty stored block that says it is the last: its three bits, up to the next byte, no length,
 * and that inverted. */
static int put_last_block(z_stream *z, struct buf *out)
{
    int bits = 0;
    bool ok = deflatePrime(z, 3, 1) == Z_OK && deflatePending(z, Z_NULL, &bits) == Z_OK &&
              deflatePrime(z, (8 - bits) % 8, 0) == Z_OK && deflatePrime(z, 16, 0) == Z_OK &&
              deflatePrime(z, 16, 0xffff) == Z_OK;
    return ok ? take_block(z, out, Z_BLOCK) : ERR_NOMEM;
}

static int put_u32(struct buf *out, uint32_t v, bool is_big_endian)
{
    char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (char)(v >> 8 * (is_big_endian ? 3 - i : i));
    return buf_add(out, bytes, sizeof bytes);
}

static int encode_zlib(struct buf *out, struct str body, bool is_gzip)
{
    z_stream z;
    gz_header head = {.os = GZIP_OS_UNKNOWN};
    memset(&z, 0, sizeof z);
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, is_gzip ? GZIP_WINDOW : MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return ERR_NOMEM;
    if (is_gzip)
        deflateSetHeader(&z, &head);
    int rc = deflate_blocks(&z, out, body);
    if (rc == 0)
        rc = put_last_block(&z, out);
    if (rc == 0) /* the checksum, and for gzip the size */
        rc = put_u32(out, (uint32_t)z.adler, !is_gzip);
    if (rc == 0 && is_gzip)
        rc = put_u32(out, (uint32_t)body.len, false);
    deflateEnd(&z);
    return rc;
}

static int encode_zstd(struct buf *out, struct str body)
{
    size_t most = ZSTD_compressBound(body.len) + 4; /* and the checksum */
    int rc = buf_reserve(out, most);
    if (rc < 0)
        return rc;
    ZSTD_CCtx *c = ZSTD_createCCtx();
    if (c == NULL)
        return ERR_NOMEM;
    ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_setParameter(c, ZSTD_c_contentSizeFlag, 0);
    size_t len = ZSTD_compress2(c, out->data + out->len, most, body.p, body.len);
    ZSTD_freeCCtx(c);
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
        return encode_zlib(out, body, true);
    case CODING_DEFLATE:
        return encode_zlib(out, body, false);
    case CODING_ZSTD:
        return encode_zstd(out, body);
    case CODING_BR:
        return encode_brotli(out, body);
    case CODING_COUNT:
        break;
    }
    return ERR_INVALID;
}
