/* optval.c - reads single option values from JSON and from text.
 * Knows no option by name. Callers: options_read.c, options_check.c, scenario.c.
 * Source: k6 docs, "k6 options reference"; a number is taken from a string too, as k6's nullable
 * numbers do. Tests: optval_test.c */
#include "options/optval.h"

#include <math.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/vec.h"

int optval_wrong_type(const struct json *v, const char *wanted, struct err *e)
{
    struct buf text;
    buf_init(&text, 256);
    json_print(&text, v, 0);
    int rc =
        err_set(e, ERR_INVALID, "expected %s, got %s %s", wanted, json_type_name(v), text.data);
    buf_deinit(&text);
    return rc;
}

/* k6's nullable values may be spelled as an object {Int64: 5, Valid: true}, whose second field
 * counts for nothing; what it lacks is zero. NULL: the object is none of these. */
static const struct json *inner_value(const struct json *v, const char *field,
                                      const struct json *zero, struct err *e)
{
    const struct json *found = zero;
    for (size_t i = 0; i < v->len; i++) {
        enum json_type type = v->items[i]->type;
        if (str_ieqs(v->keys[i], "valid") && type != JSON_BOOL && type != JSON_NULL) {
            optval_wrong_type(v->items[i], "true or false", e);
            return NULL;
        }
        if (str_ieqs(v->keys[i], field) && type != JSON_NULL)
            found = v->items[i];
    }
    return found;
}

int optval_json_bool(struct opt_bool *out, const struct json *v, struct err *e)
{
    static const struct json zero = {.type = JSON_BOOL};
    if (v->type == JSON_NULL)
        return 0;
    if (v->type == JSON_OBJECT && (v = inner_value(v, "bool", &zero, e)) == NULL)
        return ERR_INVALID;
    if (v->type != JSON_BOOL)
        return optval_wrong_type(v, "true or false", e);
    out->set = true;
    out->v = v->boolean;
    return 0;
}

int optval_json_int(struct opt_int *out, const struct json *v, struct err *e)
{
    static const struct json zero = {.type = JSON_NUMBER, .text = {"0", 1}};
    if (v->type == JSON_NULL || (v->type == JSON_STRING && v->text.len == 0))
        return 0;
    if (v->type == JSON_OBJECT) {
        v = inner_value(v, "int64", &zero, e);
        if (v == NULL)
            return ERR_INVALID;
        if (v->type == JSON_STRING)
            return optval_wrong_type(v, "a whole number", e);
    }
    if (v->type != JSON_NUMBER && v->type != JSON_STRING)
        return optval_wrong_type(v, "a whole number", e);
    int64_t n;
    if (num_parse_int(v->text, &n) < 0)
        return optval_wrong_type(v, "a whole number", e);
    out->set = true;
    out->v = n;
    return 0;
}

/* Milliseconds to nanoseconds; false when it does not fit. */
static bool ns_from_ms(double ms, int64_t *out)
{
    double ns = ms * 1e6;
    if (!(fabs(ns) < 9.2e18))
        return false;
    *out = (int64_t)ns;
    return true;
}

int optval_json_ns(struct opt_ns *out, const struct json *v, struct err *e)
{
    int64_t ns = 0;
    if (v->type == JSON_NULL)
        return 0;
    if (v->type == JSON_NUMBER) {
        if (!ns_from_ms(v->number, &ns))
            return err_set(e, ERR_INVALID, "the duration %s is too long", v->text.p);
    } else if (v->type == JSON_STRING) {
        int rc = duration_parse(v->text, &ns, e);
        if (rc < 0)
            return rc;
    } else {
        return optval_wrong_type(v, "a duration such as '30s', '1m30s' or milliseconds", e);
    }
    out->set = true;
    out->v = ns;
    return 0;
}

int optval_json_str(struct opt_str *out, const struct json *v, struct err *e)
{
    static const struct json zero = {.type = JSON_STRING, .text = {"", 0}};
    if (v->type == JSON_NULL)
        return 0;
    if (v->type == JSON_OBJECT && (v = inner_value(v, "string", &zero, e)) == NULL)
        return ERR_INVALID;
    if (v->type != JSON_STRING)
        return optval_wrong_type(v, "a string", e);
    mem_free(out->v);
    out->set = true;
    out->v = mem_strndup(v->text.p, v->text.len);
    return 0;
}

int optval_json_strs(struct opt_strs *out, const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL)
        return 0;
    if (v->type != JSON_ARRAY)
        return optval_wrong_type(v, "a list of strings", e);
    VEC(char *) list = {0};
    for (size_t i = 0; i < v->len; i++) {
        const struct json *item = v->items[i];
        if (item->type != JSON_STRING && item->type != JSON_NULL) {
            optval_free_strs(list.items, list.len);
            return optval_wrong_type(item, "a list of strings", e);
        }
        VEC_PUSH(&list, item->type == JSON_NULL ? mem_strdup("")
                                                : mem_strndup(item->text.p, item->text.len));
    }
    optval_free_strs(out->v, out->count);
    out->set = true;
    out->v = list.items;
    out->count = list.len;
    return 0;
}

int optval_need_strings(const struct json *v, struct err *e)
{
    if (v->type != JSON_ARRAY)
        return optval_wrong_type(v, "a list of strings", e);
    for (size_t i = 0; i < v->len; i++)
        if (v->items[i]->type != JSON_STRING && v->items[i]->type != JSON_NULL)
            return optval_wrong_type(v->items[i], "a string", e);
    return 0;
}

static int stage_from_json(struct stage *s, const struct json *v, bool strict, struct err *e)
{
    struct opt_ns duration = {0};
    struct opt_int target = {0};
    int rc = 0;
    memset(s, 0, sizeof *s);
    if (v->type != JSON_OBJECT && v->type != JSON_NULL)
        return optval_wrong_type(v, "a stage {duration, target}", e);
    for (size_t i = 0; rc == 0 && i < v->len; i++) {
        if (str_ieqs(v->keys[i], "duration"))
            rc = optval_json_ns(&duration, v->items[i], e);
        else if (str_ieqs(v->keys[i], "target"))
            rc = optval_json_int(&target, v->items[i], e);
        else if (strict)
            rc = err_set(e, ERR_INVALID, "json: unknown field \"%s\" in a stage", v->keys[i].p);
    }
    s->duration_ns = duration.v;
    s->has_duration = duration.set;
    s->target = target.v;
    s->has_target = target.set;
    return rc;
}

int optval_json_stages(struct stage **out, size_t *count, const struct json *v, bool strict,
                       struct err *e)
{
    if (v->type != JSON_ARRAY)
        return optval_wrong_type(v, "a list of stages", e);
    VEC(struct stage) list = {0};
    VEC_RESERVE(&list, v->len + 1);
    for (size_t i = 0; i < v->len; i++) {
        struct stage s;
        int rc = stage_from_json(&s, v->items[i], strict, e);
        if (rc < 0) {
            VEC_DEINIT(&list);
            return rc;
        }
        VEC_PUSH(&list, s);
    }
    mem_free(*out);
    *out = list.items;
    *count = list.len;
    return 0;
}

int optval_json_map(struct key_value **out, size_t *count, const struct json *v, struct err *e)
{
    if (v->type != JSON_OBJECT)
        return optval_wrong_type(v, "an object of strings", e);
    VEC(struct key_value) list = {0};
    VEC_RESERVE(&list, v->len + 1);
    for (size_t i = 0; i < v->len; i++) {
        const struct json *item = v->items[i];
        if (item->type != JSON_STRING && item->type != JSON_NULL) {
            optval_free_map(list.items, list.len);
            return optval_wrong_type(item, "a string", e);
        }
        struct key_value kv = {mem_strdup(v->keys[i].p),
                               item->type == JSON_NULL ? mem_strdup("")
                                                       : mem_strndup(item->text.p, item->text.len)};
        VEC_PUSH(&list, kv);
    }
    optval_free_map(*out, *count);
    *out = list.items;
    *count = list.len;
    return 0;
}

int optval_text_bool(struct opt_bool *out, const char *text, struct err *e)
{
    if (*text == '\0' || strcmp(text, "null") == 0)
        return 0;
    if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
        return err_set(e, ERR_INVALID, "'%s' is neither true nor false", text);
    out->set = true;
    out->v = text[0] == 't';
    return 0;
}

int optval_text_int(struct opt_int *out, const char *text, struct err *e)
{
    int64_t n;
    if (*text == '\0' || strcmp(text, "null") == 0)
        return 0;
    if (num_parse_int(str_of(text), &n) < 0)
        return err_set(e, ERR_INVALID, "'%s' is not a whole number", text);
    out->set = true;
    out->v = n;
    return 0;
}

int optval_text_ns(struct opt_ns *out, const char *text, struct err *e)
{
    int64_t ns;
    if (*text == '\0')
        return 0;
    int rc = duration_parse(str_of(text), &ns, e);
    if (rc < 0)
        return rc;
    out->set = true;
    out->v = ns;
    return 0;
}

int optval_text_stage(struct stage *s, struct str text, struct err *e)
{
    struct str duration;
    struct str target;
    memset(s, 0, sizeof *s);
    if (!str_cut(text, ':', &duration, &target)) {
        duration = text;
        target = STR("");
    }
    if (duration.len > 0) {
        int rc = duration_parse_go(duration, &s->duration_ns, e);
        if (rc < 0)
            return rc;
        s->has_duration = true;
    }
    if (target.len > 0) {
        if (num_parse_int(target, &s->target) < 0)
            return err_set(e, ERR_INVALID, "the target '%.*s' is not a whole number",
                           (int)target.len, target.p);
        s->has_target = true;
    }
    return 0;
}

int optval_text_stages(struct stage **out, size_t *count, const char *text, struct err *e)
{
    struct opt_strs parts = {0};
    optval_split(&parts, text);
    struct stage *list = mem_calloc(parts.count + 1, sizeof *list);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < parts.count; i++)
        rc = optval_text_stage(&list[i], str_of(parts.v[i]), e);
    if (rc == 0) {
        mem_free(*out);
        *out = list;
        *count = parts.count;
        list = NULL;
    }
    mem_free(list);
    optval_free_strs(parts.v, parts.count);
    return rc;
}

int optval_text_map(struct key_value **out, size_t *count, const char *text, struct err *e)
{
    VEC(struct key_value) list = {0};
    struct opt_strs parts = {0};
    int rc = 0;
    optval_split(&parts, text);
    for (size_t i = 0; rc == 0 && i < parts.count; i++) {
        struct str key;
        struct str value;
        if (!str_cut(str_of(parts.v[i]), ':', &key, &value) || str_find(value, ':') >= 0) {
            rc = err_set(e, ERR_INVALID, "'%s' is not one name:value pair", parts.v[i]);
            break;
        }
        struct key_value kv = {mem_strndup(key.p, key.len), mem_strndup(value.p, value.len)};
        VEC_PUSH(&list, kv);
    }
    optval_free_strs(parts.v, parts.count);
    if (rc < 0) {
        optval_free_map(list.items, list.len);
        return rc;
    }
    optval_free_map(*out, *count);
    *out = list.items;
    *count = list.len;
    return 0;
}

static bool is_named(const char *text, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(text, *names) == 0)
            return true;
    return false;
}

int optval_flag_bool(struct opt_bool *out, const char *text, struct err *e)
{
    static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True", NULL};
    static const char *const no[] = {"0", "f", "F", "false", "FALSE", "False", NULL};
    bool is_yes = is_named(text, yes);
    if (!is_yes && !is_named(text, no))
        return err_set(e, ERR_INVALID, "'%s' is neither true nor false", text);
    *out = (struct opt_bool){true, is_yes};
    return 0;
}

/* The base that a prefix asks for; it is cut off. */
static int base_of(struct str *s)
{
    char letter = s->len > 1 && s->p[0] == '0' ? ascii_lower(s->p[1]) : '\0';
    int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (base == 0)
        return letter != '\0' ? 8 : 10;
    *s = (struct str){s->p + 2, s->len - 2};
    return base;
}

int optval_flag_int(struct opt_int *out, const char *text, struct err *e)
{
    struct str s = str_of(text);
    bool is_negative = str_starts(s, "-");
    if (is_negative || str_starts(s, "+"))
        s = (struct str){s.p + 1, s.len - 1};
    int base = base_of(&s);
    __int128 n = 0;
    bool is_valid = s.len > 0 && s.p[s.len - 1] != '_';
    for (size_t i = 0; is_valid && i < s.len; i++) {
        int digit = hex_value(s.p[i]);
        if (s.p[i] == '_') {
            is_valid = i > 0 ? s.p[i - 1] != '_' : base == 16 || base == 2;
            continue;
        }
        is_valid = digit >= 0 && digit < base && n <= INT64_MAX;
        n = n * base + digit;
    }
    if (!is_valid || n > (__int128)INT64_MAX + is_negative)
        return err_set(e, ERR_INVALID, "'%s' is not a whole number of 64 bits", text);
    *out = (struct opt_int){true, (int64_t)(is_negative ? -n : n)};
    return 0;
}

static void split(struct opt_strs *out, const char *text, bool is_trimmed)
{
    VEC(char *) list = {0};
    struct str rest = str_of(text);
    bool more = str_trim(rest).len > 0;
    while (more) {
        struct str item;
        more = str_cut(rest, ',', &item, &rest);
        if (is_trimmed)
            item = str_trim(item);
        VEC_PUSH(&list, mem_strndup(item.p, item.len));
    }
    optval_free_strs(out->v, out->count);
    out->set = true;
    out->v = list.items;
    out->count = list.len;
}

void optval_split(struct opt_strs *out, const char *text)
{
    split(out, text, false);
}

void optval_split_trimmed(struct opt_strs *out, const char *text)
{
    split(out, text, true);
}

/* The quoted item that begins at *s, which is moved behind it. False: its end is missing. */
static bool cut_quoted(struct str *s, struct buf *item)
{
    for (size_t i = 1; i < s->len; i++) {
        if (s->p[i] != '"') {
            buf_addc(item, s->p[i]);
        } else if (i + 1 < s->len && s->p[i + 1] == '"') {
            buf_addc(item, s->p[i++]);
        } else {
            *s = (struct str){s->p + i + 1, s->len - i - 1};
            return s->len == 0 || s->p[0] == ',';
        }
    }
    return false;
}

int optval_split_csv(struct opt_strs *out, const char *text, struct err *e)
{
    VEC(char *) list = {0};
    struct str rest = {text, strcspn(text, "\r\n")};
    bool more = rest.len > 0;
    bool is_valid = true;
    struct buf item;
    buf_init(&item, BUF_NO_LIMIT);
    while (more && is_valid) {
        struct str plain;
        if (rest.len > 0 && rest.p[0] == '"') {
            is_valid = cut_quoted(&rest, &item);
            more = str_cut(rest, ',', &plain, &rest);
        } else {
            more = str_cut(rest, ',', &plain, &rest);
            is_valid = str_find(plain, '"') < 0;
            buf_add_str(&item, plain);
        }
        VEC_PUSH(&list, buf_take(&item));
    }
    buf_deinit(&item);
    if (!is_valid) {
        optval_free_strs(list.items, list.len);
        return err_set(e, ERR_INVALID, "%s: a double quote is misplaced", text);
    }
    optval_free_strs(out->v, out->count);
    *out = (struct opt_strs){true, list.items, list.len};
    return 0;
}

void optval_free_strs(char **v, size_t count)
{
    for (size_t i = 0; i < count; i++)
        mem_free(v[i]);
    mem_free(v);
}

void optval_free_map(struct key_value *v, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mem_free(v[i].key);
        mem_free(v[i].value);
    }
    mem_free(v);
}

struct key_value *optval_dup_map(const struct key_value *v, size_t count)
{
    struct key_value *copy = mem_calloc(count + 1, sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        copy[i].key = mem_strdup(v[i].key);
        copy[i].value = mem_strdup(v[i].value);
    }
    return copy;
}
