/* json_selector.c - gjson's path language; see json_selector.h.
 *
 * A path is taken from the left, one component at a time. What stands before '.' goes on inside the
 * value found (and, where several members match, tries the next one when that leads nowhere); what
 * stands before '|' is finished first, and the rest is applied to its result. After '#' that is the
 * difference between "each element's" and "the list's".
 *
 * Caps: nesting of a path in brackets and queries (DEPTH_MAX), and the bytes that all steps of one
 * selection make (MADE_MAX), since
 * "[@this,@this]|[@this,@this]|..." doubles at each step.
 * Spec: github.com/tidwall/gjson, SYNTAX.md. Tests: json_selector_test.c, fuzz/json_selector_fuzz.c
 */
#include "modules/http/json_selector.h"

#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/num.h"
#include "modules/http/json_modifier.h"
#include "modules/http/json_path.h"
#include "modules/http/json_query.h"
#include "modules/http/json_text.h"

enum { DEPTH_MAX = 64 };
#define MADE_MAX ((size_t)256 << 20)

struct selection {
    struct arena *arena;
    int depth;   /* of nested paths */
    size_t made; /* bytes in the arena */
};

static bool select_path(struct selection *s, struct str json, struct str path, struct str *out);
static bool select_inside(struct selection *s, struct str json, struct str path, struct str *out);

/* Does an object's raw key (with quotes) match the component? */
static bool key_matches(struct selection *s, struct str raw_key, const struct json_step *st)
{
    struct buf key;
    struct str text =
        raw_key.len >= 2 ? (struct str){raw_key.p + 1, raw_key.len - 2} : (struct str){NULL, 0};
    bool is_escaped = text.len > 0 && memchr(text.p, '\\', text.len) != NULL;
    if (!is_escaped && !st->is_pattern && !memchr(st->part.p ? st->part.p : "", '\\', st->part.len))
        return str_eq(text, st->part);
    if (!is_escaped)
        return json_path_matches(text, st->part);
    buf_init(&key, BUF_NO_LIMIT);
    json_text_unquote(&key, raw_key);
    bool ok = json_path_matches((struct str){key.data, key.len}, st->part);
    buf_deinit(&key);
    return ok;
}

static bool query_holds(struct selection *s, const struct json_query *q, struct str element)
{
    struct str v = element;
    bool is_container = element.p[0] == '{' || element.p[0] == '[';
    bool exists = q->path.len == 0;
    if (is_container) /* also an empty path, which looks for an empty name */
        exists = select_path(s, element, q->path, &v);
    return json_query_holds(q, exists, is_container, v);
}

/* ---- stepping into values ---- */

/* Moves what buf holds into the arena as the selection's result. */
static bool made(struct selection *s, struct buf *b, struct str *out)
{
    s->made += b->len;
    bool ok = !buf_failed(b) && s->made <= MADE_MAX;
    if (ok)
        *out = (struct str){arena_strndup(s->arena, b->data, b->len), b->len};
    buf_deinit(b);
    return ok;
}

static void put_item(struct buf *b, struct str item)
{
    if (b->len > 1)
        buf_addc(b, ',');
    buf_add_str(b, item);
}

/* value is what a component found: goes on with the rest of the path. */
static bool go_on(struct selection *s, struct str value, enum json_step_end end, struct str rest,
                  struct str *out)
{
    if (end == END_OF_PATH) {
        *out = value;
        return true;
    }
    if (end == END_PIPE)
        return select_path(s, value, rest, out);
    if (s->depth == DEPTH_MAX) /* what takes a whole value was found to be a pipe before */
        return false;
    s->depth++;
    bool ok = select_inside(s, value, rest, out);
    s->depth--;
    return ok;
}

/* A component that found nothing: a pipe behind it gets just that, and modifiers may make something
 * of it. */
static bool pipe_nothing(struct selection *s, const struct json_step *st, struct str *out)
{
    return st->end == END_PIPE && select_path(s, STR(""), st->rest, out);
}

static bool select_in_object(struct selection *s, struct str json, struct str path, struct str *out)
{
    struct json_step st = json_path_take(path);
    json_path_drop_escape(&st);
    struct json_walk w;
    struct str key, value;
    if (!json_walk_begin(&w, json))
        return false;
    while (json_walk_next(&w, &key, &value)) {
        if (!key_matches(s, key, &st))
            continue;
        if (go_on(s, value, st.end, st.rest, out))
            return true;
        if (st.end != END_DOT)
            return false;
    }
    return pipe_nothing(s, &st, out);
}

/* "#.rest": the rest of every element, up to a pipe, which takes the list that results. */
static bool select_of_each(struct selection *s, struct str json, struct str rest,
                           const struct json_query *q, struct str *out)
{
    size_t pipe = json_path_find_pipe(rest);
    struct str each = json_path_head(rest, pipe), key, value, found;
    struct json_walk w;
    struct buf list;
    buf_init(&list, MADE_MAX);
    buf_addc(&list, '[');
    json_walk_begin(&w, json);
    while (json_walk_next(&w, &key, &value)) {
        if (q && !query_holds(s, q, value))
            continue;
        if (each.len == 0 && q)
            put_item(&list, value);
        else if (each.len > 0 && select_path(s, value, each, &found))
            put_item(&list, found);
    }
    buf_addc(&list, ']');
    if (!made(s, &list, out))
        return false;
    return pipe == rest.len || select_path(s, *out, json_path_tail(rest, pipe + 1), out);
}

static bool select_count(struct selection *s, struct str json, const struct json_step *st,
                         struct str *out)
{
    struct json_walk w;
    struct str key, value;
    size_t n = 0;
    struct buf b;
    json_walk_begin(&w, json);
    while (json_walk_next(&w, &key, &value))
        n++;
    buf_init(&b, BUF_NO_LIMIT);
    buf_addf(&b, "%zu", n);
    return made(s, &b, out) && go_on(s, *out, st->end, st->rest, out);
}

/* "#(query)..." and "#(query)#...": path starts with "#(" or "#[". */
static bool select_query(struct selection *s, struct str json, struct str path, struct str *out)
{
    bool closes;
    size_t close = json_path_find_closing(path, 1, &closes);
    if (!closes || close > path.len)
        return false;
    struct json_query q = json_query_parse((struct str){path.p + 2, close - 3});
    struct json_step st = {0};
    if (close < path.len && path.p[close] == '#') {
        q.wants_all = true;
        close++;
    }
    if (close < path.len && path.p[close] != '.' && path.p[close] != '|')
        return false;
    st.rest = json_path_tail(path, close + 1); /* a dot is never a pipe here: it is about each element */
    st.end = close >= path.len ? END_OF_PATH : path.p[close] == '|' ? END_PIPE : END_DOT;
    if (q.wants_all && st.end == END_DOT)
        return st.rest.len > 0 && select_of_each(s, json, st.rest, &q, out);
    if (q.wants_all)
        return select_of_each(s, json, STR(""), &q, out) &&
               (st.end == END_OF_PATH || select_path(s, *out, st.rest, out));
    struct json_walk w;
    struct str key, value;
    json_walk_begin(&w, json);
    while (json_walk_next(&w, &key, &value))
        if (query_holds(s, &q, value))
            return go_on(s, value, st.end, st.rest, out);
    return pipe_nothing(s, &st, out);
}

static bool select_in_array(struct selection *s, struct str json, struct str path, struct str *out)
{
    if (path.len > 1 && path.p[0] == '#' && (path.p[1] == '(' || path.p[1] == '['))
        return select_query(s, json, path, out);
    struct json_step st = json_path_take(path);
    if (str_eqs(st.part, "#") && path.len > 1 && path.p[1] == '.')
        return select_of_each(s, json, st.rest, NULL, out);
    if (str_eqs(st.part, "#"))
        return select_count(s, json, &st, out);
    uint64_t index;
    if (num_parse_uint(st.part, &index) < 0)
        return pipe_nothing(s, &st, out);
    struct json_walk w;
    struct str key, value;
    json_walk_begin(&w, json);
    while (json_walk_next(&w, &key, &value))
        if (index-- == 0)
            return go_on(s, value, st.end, st.rest, out);
    return pipe_nothing(s, &st, out);
}

/* ---- steps that take a whole value: modifiers, literals, lists of paths, lines ---- */

/* The rest of a path behind a step that ended at i: nothing, or what follows '.' or '|'. */
static bool after_step(struct selection *s, struct str path, size_t i, struct str *value)
{
    if (i < path.len && (path.p[i] == '.' || path.p[i] == '|'))
        return select_path(s, *value, json_path_tail(path, i + 1), value);
    return json_text_trim(*value).len > 0; /* what a modifier left empty is nothing */
}

/* "@dig:path": the path's finds in the value and in everything inside it. */
static void put_dug(struct selection *s, struct buf *b, struct str json, struct str path)
{
    struct json_walk w;
    struct str key, value, found;
    if (s->depth == DEPTH_MAX)
        return;
    s->depth++;
    if (select_path(s, json, path, &found))
        put_item(b, found);
    if (json_walk_begin(&w, json))
        while (json_walk_next(&w, &key, &value))
            put_dug(s, b, value, path);
    s->depth--;
}

static bool modify(struct selection *s, struct str name, struct buf *b, struct str json,
                   struct str arg)
{
    if (!str_eqs(name, "dig"))
        return json_modifier_apply(name, b, json, arg);
    buf_addc(b, '[');
    put_dug(s, b, json, arg);
    buf_addc(b, ']');
    return true;
}

/* "@name" or "@name:arg". *handled false: there is no modifier of that name, and it is an ordinary
 * key. */
static bool select_modified(struct selection *s, struct str json, struct str path, struct str *out,
                            bool *handled)
{
    size_t i = 1;
    while (i < path.len && path.p[i] != ':' && path.p[i] != '.' && path.p[i] != '|')
        i++;
    struct str name = {path.p + 1, i - 1}, arg = {"", 0};
    *handled = json_path_is_modifier(name);
    if (!*handled)
        return false;
    if (i < path.len && path.p[i] == ':') {
        size_t start = ++i;
        if (i < path.len && strchr("{[(", path.p[i]) && path.p[i])
            i = json_path_skip_brackets(path, i);
        else if (i < path.len && path.p[i] == '"')
            i = json_path_skip_quoted(path, i);
        else
            while (i < path.len && path.p[i] != '|')
                i++;
        arg = (struct str){path.p + start, i - start};
    }
    struct buf b;
    buf_init(&b, MADE_MAX);
    if (!modify(s, name, &b, json, arg)) {
        buf_deinit(&b);
        return false;
    }
    return made(s, &b, out) && after_step(s, path, i, out);
}

/* The name a path gets in "{...}": its last component, if that is plain enough. */
static struct str name_of_path(struct str p)
{
    size_t from = p.len;
    while (from > 0 &&
           !((p.p[from - 1] == '.' || p.p[from - 1] == '|') && (from < 2 || p.p[from - 2] != '\\')))
        from--;
    struct str name = json_path_tail(p, from);
    bool is_plain = true;
    for (size_t i = 0; i < name.len && is_plain; i++)
        is_plain = (unsigned char)name.p[i] >= ' ' && !strchr("[]{}()#!|", name.p[i]);
    return is_plain ? name : STR("_");
}

/* "name:path" in braces: cuts the name off. A colon behind '@' belongs to a modifier. */
static struct str take_name(struct str *sub)
{
    struct str name = {NULL, 0};
    for (size_t i = 0; i < sub->len && sub->p[i] != '@';) {
        if (sub->p[i] == ':') {
            name = json_path_head(*sub, i); /* blanks belong to names and paths */
            *sub = json_path_tail(*sub, i + 1);
            break;
        }
        if (sub->p[i] == '\\')
            i += 2;
        else if (sub->p[i] == '"')
            i = json_path_skip_quoted(*sub, i);
        else if (sub->p[i] == '(' || sub->p[i] == '[' || sub->p[i] == '{')
            i = json_path_skip_brackets(*sub, i);
        else
            i++;
    }
    return name;
}

/* Is there a member of that name in the object that b begins? The first one counts. */
static bool has_member(struct buf *b, struct str name)
{
    struct json_walk w;
    struct str key, value;
    struct buf quoted;
    bool has = false;
    buf_init(&quoted, BUF_NO_LIMIT);
    if (name.len > 0 && name.p[0] == '"')
        buf_add_str(&quoted, name);
    else
        json_put_str(&quoted, name);
    buf_addc(b, '}');
    json_walk_begin(&w, (struct str){b->data, b->len});
    while (!has && json_walk_next(&w, &key, &value))
        has = str_eq(key, (struct str){quoted.data, quoted.len});
    buf_truncate(b, b->len - 1);
    buf_deinit(&quoted);
    return has;
}

/* One path of "{...}" or "[...]": what it finds, after its name in an object. */
static void put_selected(struct selection *s, struct buf *b, struct str json, struct str sub,
                         bool wants_names)
{
    struct str name = wants_names ? take_name(&sub) : STR(""), found;
    if (!select_path(s, json, sub, &found) ||
        (wants_names && has_member(b, name.len > 0 ? name : name_of_path(sub))))
        return;
    if (b->len > 1)
        buf_addc(b, ',');
    if (wants_names) {
        if (name.len > 0 && name.p[0] == '"' && json_text_is_valid(name, NULL, NULL))
            buf_add_str(b, name);
        else
            json_put_str(b, name.len > 0 ? name : name_of_path(sub));
        buf_addc(b, ':');
    }
    buf_add_str(b, found);
}

/* "{a,b.c}" gives an object, "[a,b.c]" a list. *handled false: the bracket is no bracket. */
static bool select_several(struct selection *s, struct str json, struct str path, struct str *out,
                           bool *handled)
{
    bool wants_names = path.p[0] == '{';
    size_t close = json_path_find_closing(path, 0, handled);
    *handled &= close == path.len || path.p[close] == '.' || path.p[close] == '|';
    if (!*handled)
        return false;
    struct str inner = {path.p + 1, close - 2};
    struct buf b;
    buf_init(&b, MADE_MAX);
    buf_addc(&b, path.p[0]);
    size_t start = 0, i = 0;
    while (i <= inner.len) {
        if (i == inner.len || inner.p[i] == ',') {
            put_selected(s, &b, json, (struct str){inner.p + start, i - start}, wants_names);
            start = ++i;
        } else if (inner.p[i] == '\\') {
            i = i + 2 < inner.len ? i + 2 : inner.len;
        } else if (inner.p[i] == '"') {
            i = json_path_skip_quoted(inner, i);
        } else if (strchr("([{", inner.p[i]) && inner.p[i]) {
            i = json_path_skip_brackets(inner, i);
        } else {
            i++;
        }
    }
    buf_addc(&b, wants_names ? '}' : ']');
    return made(s, &b, out) && after_step(s, path, close, out);
}

/* "!value": the value itself, whatever the document. *handled false: it is none. */
static bool select_literal(struct selection *s, struct str path, struct str *out, bool *handled)
{
    struct str rest = json_path_tail(path, 1), value;
    *handled = json_text_take_value(&rest, &value);
    if (!*handled)
        return false;
    size_t len = value.len; /* a bare word ends at a dot or pipe too */
    if (value.p[0] != '"' && value.p[0] != '{' && value.p[0] != '[')
        for (len = 0; len < value.len && value.p[len] != '|' &&
                      !(value.p[len] == '.' && !ascii_is_digit(value.p[0]) && value.p[0] != '-');)
            len++;
    value = json_path_head(value, len);
    *handled = json_text_is_valid(value, NULL, NULL);
    if (!*handled)
        return false;
    *out = value;
    return after_step(s, path, (size_t)(value.p - path.p) + len, out);
}

/* "..path": the document is a sequence of values, taken as a list. */
static bool select_lines(struct selection *s, struct str json, struct str path, struct str *out)
{
    struct buf b;
    struct str value;
    buf_init(&b, MADE_MAX);
    buf_addc(&b, '[');
    while (json_text_take_value(&json, &value))
        put_item(&b, value);
    buf_addc(&b, ']');
    return made(s, &b, out) && select_in_array(s, *out, json_path_tail(path, 2), out);
}

/* A name or index in an object or list. */
static bool select_inside(struct selection *s, struct str json, struct str path, struct str *out)
{
    if (json.len > 0 && json.p[0] == '{')
        return select_in_object(s, json, path, out);
    return json.len > 0 && json.p[0] == '[' && select_in_array(s, json, path, out);
}

static bool select_step(struct selection *s, struct str json, struct str path, struct str *out)
{
    if (path.len > 1) {
        bool handled = false, ok = false;
        if (path.p[0] == '@')
            ok = select_modified(s, json, path, out, &handled);
        else if (path.p[0] == '!')
            ok = select_literal(s, path, out, &handled);
        else if (path.p[0] == '[' || path.p[0] == '{')
            ok = select_several(s, json, path, out, &handled);
        if (handled)
            return ok;
        if (str_starts(path, ".."))
            return select_lines(s, json, path, out);
    }
    return select_inside(s, json_text_trim(json), path, out);
}

static bool select_path(struct selection *s, struct str json, struct str path, struct str *out)
{
    if (s->depth == DEPTH_MAX || s->made > MADE_MAX)
        return false;
    s->depth++;
    bool ok = select_step(s, json, path, out);
    s->depth--;
    return ok;
}

bool json_select(struct str json, struct str path, struct arena *a, struct str *value)
{
    struct selection s = {.arena = a};
    return select_path(&s, json, path, value);
}
