/* optval.c - reads single option values from JSON and from text.
 * Knows no option by name. Callers: options_json.c, options_env.c, options_flags.c, scenario.c.
 * Source: k6 docs, "k6 options reference"; a number is taken from a string too, as k6's nullable
 * numbers do. Tests: options_test.c */
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

int optval_json_bool(struct opt_bool *out, const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL)
        return 0;
    if (v->type != JSON_BOOL)
        return optval_wrong_type(v, "true or false", e);
    out->set = true;
    out->v = v->boolean;
    return 0;
}

int optval_json_int(struct opt_int *out, const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL || (v->type == JSON_STRING && v->text.len == 0))
        return 0;
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
    if (v->type == JSON_NULL)
        return 0;
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

static int stage_from_json(struct stage *s, const struct json *v, bool strict, struct err *e)
{
    struct opt_ns duration = {0};
    struct opt_int target = {0};
    int rc = 0;
    memset(s, 0, sizeof *s);
    if (v->type != JSON_OBJECT)
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
        if (v->items[i]->type != JSON_STRING) {
            optval_free_map(list.items, list.len);
            return optval_wrong_type(v->items[i], "a string", e);
        }
        struct key_value kv = {mem_strdup(v->keys[i].p),
                               mem_strndup(v->items[i]->text.p, v->items[i]->text.len)};
        VEC_PUSH(&list, kv);
    }
    optval_free_map(*out, *count);
    *out = list.items;
    *count = list.len;
    return 0;
}

int optval_text_bool(struct opt_bool *out, const char *text, struct err *e)
{
    if (*text == '\0')
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
    if (*text == '\0')
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

static int stage_from_text(struct stage *s, struct str text, struct err *e)
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
    VEC(struct stage) list = {0};
    struct str rest = str_of(text);
    bool more = rest.len > 0;
    while (more) {
        struct str item;
        struct str tail;
        more = str_cut(rest, ',', &item, &tail);
        if (!more)
            item = rest;
        rest = tail;
        struct stage s;
        int rc = stage_from_text(&s, item, e);
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

int optval_text_map(struct key_value **out, size_t *count, const char *text, struct err *e)
{
    VEC(struct key_value) list = {0};
    struct opt_strs parts = {0};
    int rc = 0;
    optval_split(&parts, text);
    for (size_t i = 0; rc == 0 && i < parts.count; i++) {
        struct str key;
        struct str value;
        if (!str_cut(str_of(parts.v[i]), ':', &key, &value)) {
            rc = err_set(e, ERR_INVALID, "'%s' is no name:value pair", parts.v[i]);
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

void optval_split(struct opt_strs *out, const char *text)
{
    VEC(char *) list = {0};
    struct str rest = str_of(text);
    bool more = rest.len > 0;
    while (more) {
        struct str item;
        struct str tail;
        more = str_cut(rest, ',', &item, &tail);
        if (!more)
            item = rest;
        rest = tail;
        item = str_trim(item);
        VEC_PUSH(&list, mem_strndup(item.p, item.len));
    }
    optval_free_strs(out->v, out->count);
    out->set = true;
    out->v = list.items;
    out->count = list.len;
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
