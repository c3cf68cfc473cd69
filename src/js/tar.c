/* tar.c - reads and writes tar files in memory; see tar.h.
 * Knows nothing of scripts. Sizes in a header are never believed beyond the bytes that are there.
 */
#include "js/tar.h"

#include <stdio.h>
#include <string.h>

#include "base/num.h"

/* Places in a header block. */
enum {
    AT_NAME = 0,
    LEN_NAME = 100,
    AT_MODE = 100,
    AT_UID = 108,
    AT_GID = 116,
    LEN_ID = 8,
    AT_SIZE = 124,
    AT_MTIME = 136,
    LEN_LONG = 12,
    AT_CHECKSUM = 148,
    LEN_CHECKSUM = 8,
    AT_TYPE = 156,
    AT_LINK = 157,
    AT_MAGIC = 257,
    AT_PREFIX = 345,
    LEN_PREFIX = 155,
};

static const char MAGIC[] = "ustar"; /* with its NUL, then the version "00" */

/* ---- reading */

static struct str field(const char *block, size_t at, size_t max)
{
    return (struct str){block + at, strnlen(block + at, max)};
}

/* Octal digits between blanks, or GNU's binary form. -1 when it is neither, or too large to be. */
static int64_t number(const char *block, size_t at, size_t len)
{
    const unsigned char *p = (const unsigned char *)block + at;
    int64_t n = 0;
    if (p[0] & 0x80) {
        for (size_t i = 0; i < len; i++) {
            n = n << 8 | (i == 0 ? p[i] & 0x7F : p[i]);
            if (n > (int64_t)1 << 48)
                return -1;
        }
        return n;
    }
    struct str s = str_trim(field(block, at, len));
    if (s.len > 16)
        return -1;
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] < '0' || s.p[i] > '7')
            return -1;
        n = n * 8 + (s.p[i] - '0');
    }
    return n;
}

/* The checksum counts its own field as blanks. Some old writers added signed bytes. */
static bool has_checksum(const char *block)
{
    int64_t want = number(block, AT_CHECKSUM, LEN_CHECKSUM);
    int64_t sum = 0;
    int64_t signed_sum = 0;
    for (size_t i = 0; i < TAR_BLOCK; i++) {
        bool is_own = i >= AT_CHECKSUM && i < AT_CHECKSUM + LEN_CHECKSUM;
        sum += is_own ? ' ' : (unsigned char)block[i];
        signed_sum += is_own ? ' ' : (signed char)block[i];
    }
    return want == sum || want == signed_sum;
}

static bool is_zero(const char *block)
{
    for (size_t i = 0; i < TAR_BLOCK; i++)
        if (block[i] != 0)
            return false;
    return true;
}

bool tar_begins(struct str bytes)
{
    return bytes.len >= TAR_BLOCK && !is_zero(bytes.p) && has_checksum(bytes.p);
}

void tar_reader_init(struct tar_reader *r, struct str borrows)
{
    r->bytes = borrows;
    buf_init(&r->long_name, BUF_NO_LIMIT);
}

void tar_reader_deinit(struct tar_reader *r)
{
    buf_deinit(&r->long_name);
}

static void skip(struct tar_reader *r, size_t len)
{
    size_t n = len < r->bytes.len ? len : r->bytes.len;
    r->bytes.p += n;
    r->bytes.len -= n;
}

/* The data behind a header and its padding. */
static int take_data(struct tar_reader *r, int64_t size, struct str *out, struct err *e)
{
    if (size < 0 || (uint64_t)size > r->bytes.len)
        return err_set(e, ERR_INVALID, "unexpected end of the tar file");
    *out = (struct str){r->bytes.p, (size_t)size};
    skip(r, ((size_t)size + TAR_BLOCK - 1) / TAR_BLOCK * TAR_BLOCK);
    return 0;
}

/* Records of a pax header, "27 path=a/b.js\n". Only a name and a size matter here. */
static int read_pax(struct tar_reader *r, struct str data, int64_t *size, struct err *e)
{
    while (data.len > 0) {
        size_t at = 0;
        uint64_t len = 0;
        while (at < data.len && ascii_is_digit(data.p[at]) && len < data.len)
            len = len * 10 + (uint64_t)(data.p[at++] - '0');
        if (len <= at || len > data.len || data.p[at] != ' ' || data.p[len - 1] != '\n')
            return err_set(e, ERR_INVALID, "malformed pax record in the tar file");
        struct str record = {data.p + at + 1, (size_t)len - at - 2};
        struct str key;
        struct str value;
        bool is_path = str_cut(record, '=', &key, &value) && str_eqs(key, "path");
        if (is_path && str_find(value, '\0') >= 0) {
            return err_set(e, ERR_INVALID, "a name in the tar file has a zero byte");
        } else if (is_path) {
            buf_clear(&r->long_name);
            buf_add_str(&r->long_name, value);
        } else if (str_eqs(key, "size") && (num_parse_int(value, size) < 0 || *size < 0)) {
            return err_set(e, ERR_INVALID, "malformed size in the tar file");
        }
        data.p += len;
        data.len -= (size_t)len;
    }
    return 0;
}

static void put_name(struct tar_reader *r, const char *block)
{
    struct str name = field(block, AT_NAME, LEN_NAME);
    struct str prefix = field(block, AT_PREFIX, LEN_PREFIX);
    if (r->long_name.len > 0)
        return;
    /* GNU's own format keeps times where the prefix is. */
    if (memcmp(block + AT_MAGIC, MAGIC, sizeof MAGIC) == 0 && prefix.len > 0) {
        buf_add_str(&r->long_name, prefix);
        buf_addc(&r->long_name, '/');
    }
    buf_add_str(&r->long_name, name);
}

/* One header with what belongs to it. 1: *fills is an entry; 0: it said something about the next.
 */
static int read_header(struct tar_reader *r, const char *block, int64_t *pax_size,
                       struct tar_entry *fills, struct err *e)
{
    int64_t size = number(block, AT_SIZE, LEN_LONG);
    struct str data = {NULL, 0};
    char type = block[AT_TYPE];
    int rc;
    if (type == 'x' || type == 'g') {
        rc = take_data(r, size, &data, e);
        return rc < 0 || type == 'g' ? rc : read_pax(r, data, pax_size, e);
    }
    if (type == 'L' || type == 'K') {
        rc = take_data(r, size, &data, e);
        if (rc == 0 && type == 'L') {
            buf_clear(&r->long_name);
            buf_add(&r->long_name, data.p, strnlen(data.p, data.len));
        }
        return rc;
    }
    if (*pax_size >= 0)
        size = *pax_size;
    if (type == 'S')
        return err_set(e, ERR_INVALID, "sparse files in a tar file are not supported");
    bool is_bare = type >= '1' && type <= '6'; /* links, devices, folders: nothing follows */
    if (!is_bare && (rc = take_data(r, size, &data, e)) < 0)
        return rc;
    put_name(r, block);
    fills->is_file = type == '0' || type == '\0' || type == '7';
    fills->name = (struct str){r->long_name.data, r->long_name.len};
    fills->data = fills->is_file ? data : STR("");
    return 1;
}

int tar_next(struct tar_reader *r, struct tar_entry *fills, struct err *e)
{
    int64_t pax_size = -1;
    int rc = 0;
    buf_clear(&r->long_name);
    while (rc == 0) {
        if (r->bytes.len == 0)
            return 0;
        if (r->bytes.len < TAR_BLOCK)
            return err_set(e, ERR_INVALID, "unexpected end of the tar file");
        const char *block = r->bytes.p;
        if (is_zero(block))
            return 0;
        if (!has_checksum(block))
            return err_set(e, ERR_INVALID, "invalid tar header");
        skip(r, TAR_BLOCK);
        rc = read_header(r, block, &pax_size, fills, e);
    }
    return rc;
}

/* ---- writing */

static void put_octal(char *block, size_t at, size_t len, int64_t n)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%0*llo", (int)len - 1, (unsigned long long)n);
    memcpy(block + at, digits, len - 1);
}

/* name and prefix of the ustar form; false when the name doesn't fit it. */
static bool split_name(struct str name, struct str *prefix, struct str *rest)
{
    *prefix = STR("");
    *rest = name;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.p[i] >= 0x80)
            return false;
    if (name.len <= LEN_NAME)
        return true;
    for (size_t i = name.len - LEN_NAME - 1; i < name.len - 1 && i <= LEN_PREFIX; i++) {
        if (name.p[i] != '/' || i == 0)
            continue;
        *prefix = (struct str){name.p, i};
        *rest = (struct str){name.p + i + 1, name.len - i - 1};
        return true;
    }
    return false;
}

static void put_header(struct buf *out, struct str prefix, struct str name, char type, size_t size,
                       struct str link, int64_t mtime_s)
{
    char block[TAR_BLOCK] = {0};
    unsigned sum = 0;
    memcpy(block + AT_NAME, name.p, name.len < LEN_NAME ? name.len : LEN_NAME);
    put_octal(block, AT_MODE, LEN_ID, type == '5' ? 0755 : 0644);
    put_octal(block, AT_UID, LEN_ID, 0);
    put_octal(block, AT_GID, LEN_ID, 0);
    put_octal(block, AT_SIZE, LEN_LONG, (int64_t)size);
    put_octal(block, AT_MTIME, LEN_LONG, mtime_s > 0 ? mtime_s : 0);
    block[AT_TYPE] = type;
    memcpy(block + AT_LINK, link.p, link.len < LEN_NAME ? link.len : LEN_NAME);
    memcpy(block + AT_MAGIC,
           "ustar\0"
           "00",
           8);
    memcpy(block + AT_PREFIX, prefix.p, prefix.len);
    memset(block + AT_CHECKSUM, ' ', LEN_CHECKSUM);
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += (unsigned char)block[i];
    put_octal(block, AT_CHECKSUM, LEN_CHECKSUM - 1, sum);
    block[AT_CHECKSUM + LEN_CHECKSUM - 2] = '\0';
    buf_add(out, block, sizeof block);
}

static void put_data(struct buf *out, struct str data)
{
    static const char zeros[TAR_BLOCK];
    buf_add_str(out, data);
    if (data.len % TAR_BLOCK != 0)
        buf_add(out, zeros, TAR_BLOCK - data.len % TAR_BLOCK);
}

/* A record's length counts its own digits. */
static void put_pax_path(struct buf *out, struct str name, int64_t mtime_s)
{
    size_t rest = sizeof " path=\n" - 1 + name.len;
    size_t len = rest + 1;
    size_t digits;
    do {
        digits = (size_t)snprintf(NULL, 0, "%zu", len);
        if (digits + rest == len)
            break;
        len = digits + rest;
    } while (true);
    struct buf record;
    buf_init(&record, BUF_NO_LIMIT);
    buf_addf(&record, "%zu path=", len);
    buf_add_str(&record, name);
    buf_addc(&record, '\n');
    put_header(out, STR(""), STR("PaxHeaders.0/name"), 'x', record.len, STR(""), mtime_s);
    put_data(out, (struct str){record.data, record.len});
    buf_deinit(&record);
}

static void put_entry(struct buf *out, struct str name, char type, struct str data, struct str link,
                      int64_t mtime_s)
{
    struct str prefix;
    struct str rest;
    if (!split_name(name, &prefix, &rest)) {
        put_pax_path(out, name, mtime_s);
        prefix = STR("");
        rest = (struct str){name.p, name.len < LEN_NAME ? name.len : LEN_NAME};
    }
    put_header(out, prefix, rest, type, data.len, link, mtime_s);
    put_data(out, data);
}

void tar_put_file(struct buf *out, struct str name, struct str data, int64_t mtime_s)
{
    put_entry(out, name, '0', data, STR(""), mtime_s);
}

void tar_put_dir(struct buf *out, struct str name, int64_t mtime_s)
{
    put_entry(out, name, '5', STR(""), STR(""), mtime_s);
}

void tar_put_link(struct buf *out, struct str name, struct str target, int64_t mtime_s)
{
    put_entry(out, name, '1', STR(""), target, mtime_s);
}

void tar_put_end(struct buf *out)
{
    static const char zeros[2 * TAR_BLOCK];
    buf_add(out, zeros, sizeof zeros);
}
