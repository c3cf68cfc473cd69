/* json.h - JSON values: parsing, looking up, building, printing. For options, config files, the data of
 * setup() and the summary; responses are parsed by the engine, not here.
 * Parser: RFC 8259, strict, depth at most 512; keys keep their order, the last of equal keys counts. */
#ifndef C6_JSON_H
#define C6_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_type type;
    bool boolean;
    double number;
    struct str text;     /* STRING: the value. NUMBER: its text as written (exact for 64-bit integers). NUL-terminated. */
    struct json **items; /* ARRAY: elements; OBJECT: values */
    struct str *keys;    /* OBJECT: NUL-terminated, in order */
    size_t len;
    size_t cap;          /* private */
};

/* Parses all of text; trailing bytes are an error. The error says line and column. */
struct json *json_parse(struct str text, struct err *e);
void json_free(struct json *v);
struct json *json_dup(const struct json *v);
struct json *json_get(const struct json *object, const char *key); /* lends; NULL when absent or no object */
const char *json_type_name(const struct json *v);                  /* "null", "bool", "number", "string", "array", "object" */

struct json *json_new_null(void);
struct json *json_new_bool(bool b);
struct json *json_new_number(double n);
struct json *json_new_int(int64_t n);
struct json *json_new_str(struct str s);
struct json *json_new_strs(const char *s);
struct json *json_new_array(void);
struct json *json_new_object(void);
void json_push(struct json *array, struct json *takes);
/* Appends without looking for an equal key, which json_set does at a cost that grows with the object. */
void json_add(struct json *object, struct str key, struct json *takes);
void json_set(struct json *object, const char *key, struct json *takes); /* replaces an equal key in place */
void json_remove(struct json *object, const char *key);

/* Printing. indent 0 is compact; else that many spaces a level. Numbers as Go's encoding/json prints them. */
void json_print(struct buf *out, const struct json *v, int indent);

/* Writer pieces, for those who stream: a quoted string; a number (NaN and infinities are written as null). */
void json_put_str(struct buf *out, struct str s);
void json_put_number(struct buf *out, double n);

#endif
