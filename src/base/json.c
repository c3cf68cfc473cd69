/* json.c - JSON values: building, looking up, printing. The parser is json_parse.c.
 * Tests: json_test.c */
#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

static struct json *json_new(enum json_type type)
{
    struct json *v = MEM_NEW(struct json);
    v->type = type;
    return v;
}

void json_free(struct json *v)
{
    if (v == NULL)
        return;
    /* Values are at most 512 levels deep when parsed, and what is built is flat: recursion is safe.
     */
    for (size_t i = 0; i < v->len; i++) {
        json_free(v->items[i]);
        if (v->type == JSON_OBJECT)
            mem_free((char *)(uintptr_t)v->keys[i].p);
    }
    mem_free(v->items);
    mem_free(v->keys);
    mem_free((char *)(uintptr_t)v->text.p);
    mem_free(v);
}

static struct str text_dup(struct str s)
{
    return (struct str){mem_strndup(s.p, s.len), s.len};
}

struct json *json_dup(const struct json *v)
{
    struct json *copy = json_new(v->type);
    copy->boolean = v->boolean;
    copy->number = v->number;
    if (v->text.p != NULL)
        copy->text = text_dup(v->text);
    if (v->len == 0)
        return copy;
    copy->items = mem_alloc(v->len * sizeof *copy->items);
    if (v->type == JSON_OBJECT)
        copy->keys = mem_alloc(v->len * sizeof *copy->keys);
    for (size_t i = 0; i < v->len; i++) {
        copy->items[i] = json_dup(v->items[i]);
        if (v->type == JSON_OBJECT)
            copy->keys[i] = text_dup(v->keys[i]);
    }
    copy->len = copy->cap = v->len;
    return copy;
}

static ptrdiff_t json_find(const struct json *object, struct str key)
{
    for (size_t i = 0; i < object->len; i++)
        if (str_eq(object->keys[i], key))
            return (ptrdiff_t)i;
    return -1;
}

struct json *json_get(const struct json *object, const char *key)
{
    if (object == NULL || object->type != JSON_OBJECT)
        return NULL;
    ptrdiff_t at = json_find(object, str_of(key));
    return at >= 0 ? object->items[at] : NULL;
}

const char *json_type_name(const struct json *v)
{
    switch (v->type) {
    case JSON_NULL:
        return "null";
    case JSON_BOOL:
        return "bool";
    case JSON_NUMBER:
        return "number";
    case JSON_STRING:
        return "string";
    case JSON_ARRAY:
        return "array";
    case JSON_OBJECT:
        return "object";
    }
    CHECK(!"a JSON type");
    return "";
}

struct json *json_new_null(void)
{
    return json_new(JSON_NULL);
}

struct json *json_new_bool(bool b)
{
    struct json *v = json_new(JSON_BOOL);
    v->boolean = b;
    return v;
}

struct json *json_new_number(double n)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    num_put_json(&text, n);
    struct json *v = json_new(isfinite(n) ? JSON_NUMBER : JSON_NULL);
    if (v->type == JSON_NUMBER) {
        v->number = n;
        v->text.len = text.len;
        v->text.p = buf_take(&text);
    }
    buf_deinit(&text);
    return v;
}

struct json *json_new_int(int64_t n)
{
    struct json *v = json_new(JSON_NUMBER);
    v->number = (double)n;
    v->text = str_of(mem_printf("%lld", (long long)n));
    return v;
}

struct json *json_new_str(struct str s)
{
    struct json *v = json_new(JSON_STRING);
    v->text = text_dup(s);
    return v;
}

struct json *json_new_strs(const char *s)
{
    return json_new_str(str_of(s));
}

struct json *json_new_array(void)
{
    return json_new(JSON_ARRAY);
}

struct json *json_new_object(void)
{
    return json_new(JSON_OBJECT);
}

static void json_grow(struct json *v)
{
    if (v->len < v->cap)
        return;
    v->cap = v->cap > 0 ? v->cap * 2 : 4;
    v->items = mem_realloc(v->items, v->cap * sizeof *v->items);
    if (v->type == JSON_OBJECT)
        v->keys = mem_realloc(v->keys, v->cap * sizeof *v->keys);
}

void json_push(struct json *array, struct json *takes)
{
    CHECK(array->type == JSON_ARRAY);
    json_grow(array);
    array->items[array->len++] = takes;
}

void json_add(struct json *object, struct str key, struct json *takes)
{
    CHECK(object->type == JSON_OBJECT);
    json_grow(object);
    object->keys[object->len] = text_dup(key);
    object->items[object->len++] = takes;
}

void json_set(struct json *object, const char *key, struct json *takes)
{
    CHECK(object->type == JSON_OBJECT);
    ptrdiff_t at = json_find(object, str_of(key));
    if (at < 0) {
        json_add(object, str_of(key), takes);
        return;
    }
    json_free(object->items[at]);
    object->items[at] = takes;
}

void json_remove(struct json *object, const char *key)
{
    CHECK(object->type == JSON_OBJECT);
    ptrdiff_t at = json_find(object, str_of(key));
    if (at < 0)
        return;
    json_free(object->items[at]);
    mem_free((char *)(uintptr_t)object->keys[at].p);
    size_t behind = object->len - (size_t)at - 1;
    memmove(&object->items[at], &object->items[at + 1], behind * sizeof *object->items);
    memmove(&object->keys[at], &object->keys[at + 1], behind * sizeof *object->keys);
    object->len--;
}

static void put_escaped_byte(struct buf *out, unsigned char c)
{
    switch (c) {
    case '"':
        buf_adds(out, "\\\"");
        break;
    case '\\':
        buf_adds(out, "\\\\");
        break;
    case '\b':
        buf_adds(out, "\\b");
        break;
    case '\f':
        buf_adds(out, "\\f");
        break;
    case '\n':
        buf_adds(out, "\\n");
        break;
    case '\r':
        buf_adds(out, "\\r");
        break;
    case '\t':
        buf_adds(out, "\\t");
        break;
    default: /* a byte, not an enum */
        buf_addf(out, "\\u%04x", c);
    }
}

void json_put_str(struct buf *out, struct str s)
{
    buf_addc(out, '"');
    size_t plain = 0; /* where the bytes that need nothing begin; they go out in one piece */
    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.p[at];
        if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
            at++;
            continue;
        }
        size_t from = at;
        uint32_t cp = utf8_next(s, &at);
        bool is_bad = cp == 0xfffd && at - from == 1;
        if (cp >= 0x80 && !is_bad && cp != 0x2028 && cp != 0x2029)
            continue;
        buf_add(out, s.p + plain, from - plain);
        plain = at;
        if (cp < 0x80)
            put_escaped_byte(out, c);
        else
            buf_addf(out, "\\u%04x",
                     (unsigned)cp); /* Go: invalid bytes, and what old JavaScript trips over */
    }
    buf_add(out, s.p + plain, s.len - plain);
    buf_addc(out, '"');
}

void json_put_number(struct buf *out, double n)
{
    num_put_json(out, n);
}

static void put_newline(struct buf *out, int indent, int level)
{
    if (indent > 0)
        buf_addf(out, "\n%*s", indent * level, "");
}

/* An integer is printed from its text, since a double does not hold all of 64 bits. */
static void put_number_value(struct buf *out, const struct json *v)
{
    size_t digits = 0;
    for (size_t i = v->text.len > 0 && v->text.p[0] == '-'; i < v->text.len; i++, digits++)
        if (!ascii_is_digit(v->text.p[i]))
            break;
    bool is_integer = digits > 0 && digits <= 20 && digits + 1 >= v->text.len;
    if (is_integer && ascii_is_digit(v->text.p[v->text.len - 1]))
        buf_add_str(out, v->text);
    else
        json_put_number(out, v->number);
}

static void put_value(struct buf *out, const struct json *v, int indent, int level)
{
    switch (v->type) {
    case JSON_NULL:
        buf_adds(out, "null");
        return;
    case JSON_BOOL:
        buf_adds(out, v->boolean ? "true" : "false");
        return;
    case JSON_NUMBER:
        put_number_value(out, v);
        return;
    case JSON_STRING:
        json_put_str(out, v->text);
        return;
    case JSON_ARRAY:
    case JSON_OBJECT:
        break;
    }
    bool is_object = v->type == JSON_OBJECT;
    buf_addc(out, is_object ? '{' : '[');
    for (size_t i = 0; i < v->len; i++) {
        if (i > 0)
            buf_addc(out, ',');
        put_newline(out, indent, level + 1);
        if (is_object) {
            json_put_str(out, v->keys[i]);
            buf_adds(out, indent > 0 ? ": " : ":");
        }
        put_value(out, v->items[i], indent, level + 1);
    }
    if (v->len > 0)
        put_newline(out, indent, level);
    buf_addc(out, is_object ? '}' : ']');
}

void json_print(struct buf *out, const struct json *v, int indent)
{
    put_value(out, v, indent, 0);
}
