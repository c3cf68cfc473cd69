/* json_query.c - the comparisons of a path of json(); see json_query.h.
 * Spec: github.com/tidwall/gjson, SYNTAX.md. Tests: json_selector_test.c */
#include "modules/http/json_query.h"

#include "base/buf.h"
#include "base/num.h"
#include "modules/http/json_path.h"
#include "modules/http/json_text.h"

/* Reads the operator at i. Its length, or 0 when there is none. */
static size_t read_op(struct str q, size_t i, enum json_query_op *op)
{
    char c = q.p[i], next = i + 1 < q.len ? q.p[i + 1] : '\0';
    switch (c) {
    case '=':
        *op = QUERY_EQ;
        return next == '=' ? 2 : 1;
    case '!':
        *op = next == '%' ? QUERY_UNLIKE : QUERY_NE;
        return next == '=' || next == '%' ? 2 : 0;
    case '<':
        *op = next == '=' ? QUERY_LE : QUERY_LT;
        return next == '=' ? 2 : 1;
    case '>':
        *op = next == '=' ? QUERY_GE : QUERY_GT;
        return next == '=' ? 2 : 1;
    case '%':
        *op = QUERY_LIKE;
        return 1;
    default:
        return 0;
    }
}

struct json_query json_query_parse(struct str text)
{
    struct json_query q = {.path = str_trim(text), .op = QUERY_EXISTS};
    for (size_t i = 0; i < text.len;) {
        enum json_query_op op;
        size_t len = read_op(text, i, &op);
        if (len > 0) {
            q.path = str_trim(json_path_head(text, i));
            q.op = op;
            q.value = str_trim(json_path_tail(text, i + len));
            break;
        }
        if (text.p[i] == '\\')
            i += 2;
        else if (text.p[i] == '"')
            i = json_path_skip_quoted(text, i);
        else if (text.p[i] == '(' || text.p[i] == '[' || text.p[i] == '{')
            i = json_path_skip_brackets(text, i);
        else
            i++;
    }
    return q;
}

static bool compare_holds(enum json_query_op op, int cmp)
{
    switch (op) {
    case QUERY_EXISTS:
        return true;
    case QUERY_EQ:
        return cmp == 0;
    case QUERY_NE:
        return cmp != 0;
    case QUERY_LT:
        return cmp < 0;
    case QUERY_LE:
        return cmp <= 0;
    case QUERY_GT:
        return cmp > 0;
    case QUERY_GE:
        return cmp >= 0;
    case QUERY_LIKE:
    case QUERY_UNLIKE:
        return false;
    }
    return false;
}

static bool string_holds(const struct json_query *q, struct str raw)
{
    struct buf text, value;
    buf_init(&text, BUF_NO_LIMIT);
    buf_init(&value, BUF_NO_LIMIT);
    json_text_unquote(&text, raw);
    bool is_like = q->op == QUERY_LIKE || q->op == QUERY_UNLIKE;
    if (q->value.len >= 2 && q->value.p[0] == '"' && is_like)
        buf_add(&value, q->value.p + 1, q->value.len - 2); /* a pattern keeps its escapes */
    else if (q->value.len >= 2 && q->value.p[0] == '"')
        json_text_unquote(&value, q->value);
    else
        buf_add_str(&value, q->value);
    struct str t = {text.data, text.len}, v = {value.data, value.len};
    bool ok = is_like ? json_path_matches(t, v) == (q->op == QUERY_LIKE)
                      : compare_holds(q->op, str_cmp(t, v));
    buf_deinit(&text);
    buf_deinit(&value);
    return ok;
}

static bool number_holds(const struct json_query *q, struct str raw)
{
    double a = 0, b = 0;
    struct str v = q->value;
    if (v.len >= 2 && v.p[0] == '"')
        v = (struct str){v.p + 1, v.len - 2};
    num_parse_double(raw, &a);
    if (num_parse_double(v, &b) < 0)
        b = 0; /* what is no number counts as zero */
    return compare_holds(q->op, (a > b) - (a < b));
}

static bool bool_holds(const struct json_query *q, bool is_true)
{
    bool is_value_true = str_eqs(q->value, "true"), is_value_false = str_eqs(q->value, "false");
    switch (q->op) {
    case QUERY_EQ:
        return is_true ? is_value_true : is_value_false;
    case QUERY_NE:
        return is_true ? !is_value_true : !is_value_false;
    case QUERY_GT:
        return is_true && is_value_false;
    case QUERY_GE:
        return is_true || is_value_false;
    case QUERY_LT:
        return !is_true && is_value_true;
    case QUERY_LE:
        return !is_true || is_value_true;
    case QUERY_EXISTS:
        return true;
    case QUERY_LIKE:
    case QUERY_UNLIKE:
        return false;
    }
    return false;
}

/* The tilde operators compare what a value amounts to: ~true, ~false, ~null, ~* (it is there). */
enum amount { AMOUNT_TRUE, AMOUNT_FALSE, AMOUNT_NEITHER };
static enum amount amount_of(bool exists, struct str raw)
{
    if (!exists || str_eqs(raw, "null") || str_eqs(raw, "false"))
        return AMOUNT_FALSE;
    if (str_eqs(raw, "true"))
        return AMOUNT_TRUE;
    if (raw.p[0] == '"') {
        static const char *const trues[] = {"\"1\"", "\"t\"", "\"true\""}, *const falses[] = {
                                                                               "\"0\"", "\"f\"",
                                                                               "\"false\""};
        for (size_t i = 0; i < 3; i++) {
            if (str_ieqs(raw, trues[i]))
                return AMOUNT_TRUE;
            if (str_ieqs(raw, falses[i]))
                return AMOUNT_FALSE;
        }
        return AMOUNT_NEITHER;
    }
    double n;
    if (num_parse_double(raw, &n) == 0)
        return n != 0 ? AMOUNT_TRUE : AMOUNT_FALSE;
    return AMOUNT_NEITHER;
}

static bool tilde_holds(const struct json_query *q, bool exists, struct str raw)
{
    struct str what = json_path_tail(q->value, 1);
    bool is_so;
    if (str_eqs(what, "*"))
        is_so = exists;
    else if (str_eqs(what, "null"))
        is_so = !exists || str_eqs(raw, "null");
    else if (str_eqs(what, "true"))
        is_so = amount_of(exists, raw) == AMOUNT_TRUE;
    else if (str_eqs(what, "false"))
        is_so = amount_of(exists, raw) == AMOUNT_FALSE;
    else
        return false;
    struct json_query plain = {.op = q->op, .value = STR("true")};
    return bool_holds(&plain, is_so);
}

bool json_query_holds(const struct json_query *q, bool exists, bool is_container, struct str v)
{
    if (q->value.len > 0 && q->value.p[0] == '~')
        return (q->path.len == 0 || is_container) && tilde_holds(q, exists, v);
    if (!exists || q->op == QUERY_EXISTS || v.len == 0)
        return exists && v.len > 0;
    if (v.p[0] == '"')
        return string_holds(q, v);
    if (str_eqs(v, "true") || str_eqs(v, "false"))
        return bool_holds(q, v.p[0] == 't');
    if (v.p[0] == '-' || ascii_is_digit(v.p[0]))
        return number_holds(q, v);
    return false;
}
