/* packed.c - see packed.h.
 * Tests: packed_test.c */
#include "modules/data/packed.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"

enum { SMALL_MAX = 15, VARINT_MAX = 10 };

void packed_keys_init(struct packed_keys *k)
{
    k->count = 0;
    k->map = map_new();
}

void packed_keys_deinit(struct packed_keys *k)
{
    for (uint32_t i = 0; i < k->count; i++)
        mem_free((char *)(uintptr_t)k->items[i].p);
    map_free(k->map, NULL);
    k->map = NULL;
    k->count = 0;
}

/* ---- writing: the buffer remembers a failure, which is looked at once ---- */

static void put_varint(struct buf *out, uint64_t n)
{
    uint8_t bytes[VARINT_MAX];
    size_t len = 0;
    do {
        bytes[len++] = (uint8_t)((n & 0x7f) | (n > 0x7f ? 0x80 : 0));
        n >>= 7;
    } while (n > 0);
    buf_add(out, bytes, len);
}

static void put_tag(struct buf *out, enum packed_type type, uint64_t n)
{
    buf_addc(out, (char)((unsigned)type << 4 | (n < SMALL_MAX ? (unsigned)n : SMALL_MAX)));
    if (n >= SMALL_MAX)
        put_varint(out, n);
}

static void put_number(struct buf *out, double n)
{
    /* Beyond 2^53 a double has no neighbours one apart, and minus zero is no integer. */
    if (n == floor(n) && fabs(n) <= 9007199254740992.0 && !(n == 0 && signbit(n))) {
        int64_t i = (int64_t)n;
        put_tag(out, PACKED_INT, (uint64_t)i << 1 ^ (uint64_t)(i >> 63));
    } else {
        put_tag(out, PACKED_DOUBLE, 0);
        buf_add(out, &n, sizeof n);
    }
}

static void put_key(struct buf *out, struct packed_keys *keys, struct str key)
{
    uintptr_t place = (uintptr_t)map_get(keys->map, key);
    if (place == 0 && keys->count < PACKED_MAX_KEYS) {
        keys->items[keys->count++] = (struct str){mem_strndup(key.p, key.len), key.len};
        place = keys->count;
        map_put(keys->map, key, (void *)place);
    }
    if (place > 0) {
        put_varint(out, (place - 1) * 2);
    } else {
        put_varint(out, (uint64_t)key.len * 2 + 1);
        buf_add_str(out, key);
    }
}

static void put_value(struct buf *out, struct packed_keys *keys, const struct json *v)
{
    switch (v->type) {
    case JSON_NULL:
        put_tag(out, PACKED_NULL, 0);
        break;
    case JSON_BOOL:
        put_tag(out, v->boolean ? PACKED_TRUE : PACKED_FALSE, 0);
        break;
    case JSON_NUMBER:
        put_number(out, v->number);
        break;
    case JSON_STRING:
        put_tag(out, PACKED_TEXT, v->text.len);
        buf_add_str(out, v->text);
        break;
    case JSON_ARRAY:
        put_tag(out, PACKED_LIST, v->len);
        for (size_t i = 0; i < v->len; i++)
            put_value(out, keys, v->items[i]);
        break;
    case JSON_OBJECT:
        put_tag(out, PACKED_MAP, v->len);
        for (size_t i = 0; i < v->len; i++) {
            put_key(out, keys, v->keys[i]);
            put_value(out, keys, v->items[i]);
        }
        break;
    }
}

/* What a series of appends came to; a failed one leaves nothing behind. */
static int settle(struct buf *out, size_t had, struct err *e)
{
    if (!buf_failed(out))
        return 0;
    buf_truncate(out, had);
    return err_set(e, ERR_NOMEM, "out of memory");
}

int packed_put(struct buf *out, struct packed_keys *keys, struct str json, struct err *e)
{
    size_t had = out->len;
    struct json *v = json_parse(json, e);
    if (v == NULL)
        return ERR_INVALID;
    put_value(out, keys, v);
    json_free(v);
    return settle(out, had, e);
}

int packed_put_invalid(struct buf *out)
{
    size_t had = out->len;
    put_tag(out, PACKED_INVALID, 0);
    return settle(out, had, NULL);
}

/* ---- reading ---- */

static const uint8_t *get_varint(const uint8_t *p, uint64_t *n)
{
    int shift = 0;
    *n = *p & 0x7f;
    while (*p++ & 0x80) {
        shift += 7;
        *n |= (uint64_t)(*p & 0x7f) << shift;
    }
    return p;
}

const uint8_t *packed_next(const uint8_t *p, struct packed_item *out)
{
    uint64_t n = *p & 0xf;
    out->type = (enum packed_type)(*p++ >> 4);
    if (n == SMALL_MAX)
        p = get_varint(p, &n);
    switch (out->type) {
    case PACKED_INT:
        out->integer = (int64_t)(n >> 1 ^ (0 - (n & 1)));
        break;
    case PACKED_DOUBLE:
        memcpy(&out->number, p, sizeof out->number);
        return p + sizeof out->number;
    case PACKED_TEXT:
        out->text = (struct str){(const char *)p, (size_t)n};
        return p + n;
    case PACKED_LIST:
    case PACKED_MAP:
    case PACKED_NULL:
    case PACKED_FALSE:
    case PACKED_TRUE:
    case PACKED_INVALID:
        out->count = n;
        break;
    }
    return p;
}

const uint8_t *packed_key(const uint8_t *p, int *place, struct str *text)
{
    uint64_t n;
    p = get_varint(p, &n);
    if ((n & 1) == 0) {
        *place = (int)(n >> 1);
        return p;
    }
    *place = -1;
    *text = (struct str){(const char *)p, (size_t)(n >> 1)};
    return p + text->len;
}
