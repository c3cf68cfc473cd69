/* packed.h - JSON values in a form that is quicker to read than text and no longer: for data that
 * is parsed once and read millions of times. Pure: no engine; the writer is its thread's, packed
 * bytes are read by any.
 *
 *   value  = tag byte: type in the high half, a small number in the low half
 *   number = low half below 15, else 15 and a varint behind
 *     NULL FALSE TRUE INVALID    nothing more
 *     INT    zigzag number       DOUBLE  8 bytes       TEXT  length, bytes (UTF-8)
 *     LIST   count, values       MAP     count, then key and value in turn
 *   key    = number: 2 * place in the key table, or 2 * length + 1 and the bytes */
#ifndef C6_PACKED_H
#define C6_PACKED_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/str.h"

enum packed_type {
    PACKED_NULL,
    PACKED_FALSE,
    PACKED_TRUE,
    PACKED_INVALID, /* no JSON value at all: reading it is an error of the script */
    PACKED_INT,
    PACKED_DOUBLE,
    PACKED_TEXT,
    PACKED_LIST,
    PACKED_MAP,
};

/* Keys of objects, each once. The table is small on purpose: readers keep an atom for each key, and
 * data whose keys are all different must not cost them one a key. */
enum { PACKED_MAX_KEYS = 256 };
struct packed_keys {
    struct str items[PACKED_MAX_KEYS]; /* own copies */
    uint32_t count;
    struct map *map; /* private: text -> place + 1 */
};
void packed_keys_init(struct packed_keys *k);
void packed_keys_deinit(struct packed_keys *k);

/* Appends one value. ERR_INVALID with text in e: json is none; ERR_NOMEM, ERR_TOO_LARGE. On failure
 * out keeps what it had. */
int packed_put(struct buf *out, struct packed_keys *keys, struct str json, struct err *e);
int packed_put_invalid(struct buf *out);

struct packed_item {
    enum packed_type type;
    union {
        int64_t integer;
        double number;
        struct str text; /* in the packed bytes; not terminated */
        uint64_t count;  /* of items, of pairs */
    };
};
/* Reads one tag and what belongs to it, but for the items of a list or map, which follow. Returns
 * what comes behind. Trusts p: it must be what packed_put wrote. */
const uint8_t *packed_next(const uint8_t *p, struct packed_item *out);
/* A map's key: *place in the table, or -1 and the text. */
const uint8_t *packed_key(const uint8_t *p, int *place, struct str *text);

#endif
