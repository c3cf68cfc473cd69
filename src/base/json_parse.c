/* json_parse.c - JSON text to values: RFC 8259, strict, at most 512 levels.
 * Declared in json.h. What Go's encoding/json forgives inside strings is forgiven here alike:
 * invalid UTF-8 and lone surrogate escapes become U+FFFD. Tests: json_test.c, fuzz/json_fuzz.c */
#include <string.h>

#include "base/json.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"

enum {
    JSON_DEPTH_MAX = 512,
    JSON_KEYS_BY_HAND = 16, /* objects up to this size are searched for equal keys one by one */
};

struct parser {
    struct str text;
    size_t at;
    int depth;
    struct err *e;
};

static struct json *parse_value(struct parser *p);

/* Says where p->at is. Returns NULL, which every caller passes on. */
static void *fail(struct parser *p, const char *what)
{
    size_t line = 1;
    size_t line_start = 0;
    for (size_t i = 0; i < p->at && i < p->text.len; i++)
        if (p->text.p[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    size_t column = 1;
    for (size_t i = line_start; i < p->at && i < p->text.len; column++)
        utf8_next(p->text, &i);
    err_set(p->e, ERR_INVALID, "line %zu, column %zu: %s", line, column, what);
    return NULL;
}

static void *fail_here(struct parser *p, const char *wanted)
{
    if (p->at >= p->text.len) {
        char *what = mem_printf("unexpected end of JSON, expected %s", wanted);
        fail(p, what);
        mem_free(what);
        return NULL;
    }
    char shown[4];
    size_t at = p->at;
    uint32_t cp = utf8_next(p->text, &at);
    char *what =
        cp >= ' ' && cp != 0x7f
            ? mem_printf("unexpected '%.*s', expected %s", utf8_put(shown, cp), shown, wanted)
            : mem_printf("unexpected byte 0x%02x, expected %s", (unsigned)cp, wanted);
    fail(p, what);
    mem_free(what);
    return NULL;
}

static void skip_space(struct parser *p)
{
    while (p->at < p->text.len && strchr(" \t\r\n", p->text.p[p->at]) != NULL &&
           p->text.p[p->at] != '\0')
        p->at++;
}

static bool at_char(const struct parser *p, char c)
{
    return p->at < p->text.len && p->text.p[p->at] == c;
}

static bool skip_char(struct parser *p, char c)
{
    if (!at_char(p, c))
        return false;
    p->at++;
    return true;
}

static size_t skip_digits(struct parser *p)
{
    size_t from = p->at;
    while (p->at < p->text.len && ascii_is_digit(p->text.p[p->at]))
        p->at++;
    return p->at - from;
}

static struct json *parse_number(struct parser *p)
{
    size_t from = p->at;
    skip_char(p, '-');
    if (!skip_char(p, '0') && skip_digits(p) == 0)
        return fail_here(p, "a digit");
    if (skip_char(p, '.') && skip_digits(p) == 0)
        return fail_here(p, "a digit after the decimal point");
    if (skip_char(p, 'e') || skip_char(p, 'E')) {
        if (!skip_char(p, '+'))
            skip_char(p, '-');
        if (skip_digits(p) == 0)
            return fail_here(p, "a digit in the exponent");
    }
    struct str text = {p->text.p + from, p->at - from};
    double n;
    if (num_parse_double(text, &n) < 0) {
        p->at = from;
        return fail(p, "number out of range");
    }
    struct json *v = json_new_str(text);
    v->type = JSON_NUMBER;
    v->number = n;
    return v;
}

/* The four hex digits at `at`, or -1. */
static int32_t hex4(const struct parser *p, size_t at)
{
    int32_t value = 0;
    if (p->text.len < 4 || at > p->text.len - 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int digit = hex_value(p->text.p[at + i]);
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* After "\u". Two halves of a surrogate pair make one code point; half of one is replaced. */
static bool parse_unicode_escape(struct parser *p, struct buf *out)
{
    int32_t cp = hex4(p, p->at);
    if (cp < 0) {
        fail(p, "\\u wants four hexadecimal digits");
        return false;
    }
    p->at += 4;
    if (cp >= 0xd800 && cp <= 0xdbff && at_char(p, '\\') && p->at + 1 < p->text.len &&
        p->text.p[p->at + 1] == 'u') {
        int32_t low = hex4(p, p->at + 2);
        if (low >= 0xdc00 && low <= 0xdfff) {
            cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
            p->at += 6;
        }
    }
    char utf8[4];
    buf_add(out, utf8, (size_t)utf8_put(utf8, (uint32_t)cp)); /* a lone half becomes U+FFFD there */
    return true;
}

static bool parse_escape(struct parser *p, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    if (p->at >= p->text.len) {
        fail_here(p, "the rest of an escape");
        return false;
    }
    char c = p->text.p[p->at];
    if (c == 'u') {
        p->at++;
        return parse_unicode_escape(p, out);
    }
    const char *known = c != '\0' ? strchr(from, c) : NULL;
    if (known == NULL) {
        fail_here(p, "an escape that JSON knows after \\");
        return false;
    }
    p->at++;
    buf_addc(out, to[known - from]);
    return true;
}

/* After the opening quote; fills out and passes the closing one. */
static bool parse_string_body(struct parser *p, struct buf *out)
{
    for (;;) {
        size_t from = p->at;
        while (p->at < p->text.len && (unsigned char)p->text.p[p->at] >= ' ' &&
               (unsigned char)p->text.p[p->at] < 0x80 && p->text.p[p->at] != '"' &&
               p->text.p[p->at] != '\\')
            p->at++;
        buf_add(out, p->text.p + from, p->at - from);
        if (p->at >= p->text.len) {
            fail_here(p, "the closing quote of a string");
            return false;
        }
        unsigned char c = (unsigned char)p->text.p[p->at];
        if (c == '"') {
            p->at++;
            return true;
        }
        if (c == '\\') {
            p->at++;
            if (!parse_escape(p, out))
                return false;
        } else if (c < ' ') {
            fail(p, "control character in a string (write it as an escape)");
            return false;
        } else {
            char utf8[4];
            buf_add(out, utf8, (size_t)utf8_put(utf8, utf8_next(p->text, &p->at)));
        }
    }
}

/* Passes a string; *out is the caller's to deinit whatever comes back. */
static bool parse_string(struct parser *p, struct buf *out)
{
    buf_init(out, BUF_NO_LIMIT);
    p->at++;
    return parse_string_body(p, out);
}

static struct json *parse_array(struct parser *p)
{
    struct json *array = json_new_array();
    p->at++;
    skip_space(p);
    if (skip_char(p, ']'))
        return array;
    for (;;) {
        struct json *item = parse_value(p);
        if (item == NULL)
            break;
        json_push(array, item);
        skip_space(p);
        if (skip_char(p, ']'))
            return array;
        if (!skip_char(p, ',')) {
            fail_here(p, "',' or ']'");
            break;
        }
    }
    json_free(array);
    return NULL;
}

/* Puts a pair into object, over an equal key if there is one. positions (key to index + 1), made
 * once the object is large, finds keys without a walk: a million keys must not take a day. */
static void put_pair(struct json *object, struct map **positions, struct str key,
                     struct json *value)
{
    size_t at = object->len;
    if (*positions == NULL && object->len >= JSON_KEYS_BY_HAND) {
        *positions = map_new();
        for (size_t i = 0; i < object->len; i++)
            map_put(*positions, object->keys[i], (void *)(i + 1));
    }
    if (*positions != NULL) {
        uintptr_t found = (uintptr_t)map_get(*positions, key);
        if (found > 0)
            at = found - 1;
        else
            map_put(*positions, key, (void *)(object->len + 1));
    } else {
        for (at = 0; at < object->len; at++)
            if (str_eq(object->keys[at], key))
                break;
    }
    if (at == object->len) {
        json_add(object, key, value);
        return;
    }
    json_free(object->items[at]);
    object->items[at] = value;
}

/* One "key": value pair. */
static bool parse_pair(struct parser *p, struct json *object, struct map **positions)
{
    struct buf key;
    buf_init(&key, BUF_NO_LIMIT);
    bool ok = false;
    skip_space(p);
    if (!at_char(p, '"')) {
        fail_here(p, "a key in double quotes");
        goto done;
    }
    if (!parse_string(p, &key))
        goto done;
    skip_space(p);
    if (!skip_char(p, ':')) {
        fail_here(p, "':' after a key");
        goto done;
    }
    struct json *value = parse_value(p);
    if (value == NULL)
        goto done;
    put_pair(object, positions, (struct str){key.data, key.len}, value);
    ok = true;
done:
    buf_deinit(&key);
    return ok;
}

static struct json *parse_object(struct parser *p)
{
    struct json *object = json_new_object();
    struct map *positions = NULL;
    bool ok = false;
    p->at++;
    skip_space(p);
    if (skip_char(p, '}')) {
        ok = true;
        goto done;
    }
    while (parse_pair(p, object, &positions)) {
        skip_space(p);
        if (skip_char(p, '}')) {
            ok = true;
            break;
        }
        if (!skip_char(p, ',')) {
            fail_here(p, "',' or '}'");
            break;
        }
    }
done:
    map_free(positions, NULL);
    if (!ok) {
        json_free(object);
        object = NULL;
    }
    return object;
}

static struct json *parse_literal(struct parser *p)
{
    static const struct {
        const char *text;
        enum json_type type;
        bool boolean;
    } literals[] = {
        {"true", JSON_BOOL, true}, {"false", JSON_BOOL, false}, {"null", JSON_NULL, false}};
    struct str rest = {p->text.p + p->at, p->text.len - p->at};
    for (size_t i = 0; i < sizeof literals / sizeof literals[0]; i++)
        if (str_starts(rest, literals[i].text)) {
            p->at += strlen(literals[i].text);
            return literals[i].type == JSON_NULL ? json_new_null()
                                                 : json_new_bool(literals[i].boolean);
        }
    return fail_here(p, "a value");
}

static struct json *parse_nested(struct parser *p)
{
    if (p->depth == JSON_DEPTH_MAX)
        return fail(p, "nested too deeply (more than 512 levels)");
    p->depth++;
    struct json *v = at_char(p, '{') ? parse_object(p) : parse_array(p);
    p->depth--;
    return v;
}

static struct json *parse_value(struct parser *p)
{
    skip_space(p);
    if (at_char(p, '{') || at_char(p, '['))
        return parse_nested(p);
    if (at_char(p, '"')) {
        struct buf text;
        struct json *v =
            parse_string(p, &text) ? json_new_str((struct str){text.data, text.len}) : NULL;
        buf_deinit(&text);
        return v;
    }
    if (at_char(p, '-') || (p->at < p->text.len && ascii_is_digit(p->text.p[p->at])))
        return parse_number(p);
    return parse_literal(p);
}

struct json *json_parse(struct str text, struct err *e)
{
    struct parser p = {.text = text, .e = e};
    struct json *v = parse_value(&p);
    if (v == NULL)
        return NULL;
    skip_space(&p);
    if (p.at < text.len) {
        fail_here(&p, "the end of the text");
        json_free(v);
        return NULL;
    }
    return v;
}
