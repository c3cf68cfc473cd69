/* json_path.c - the components of a path of json(), and its patterns; see json_path.h.
 * Spec: github.com/tidwall/gjson, SYNTAX.md. Tests: json_selector_test.c */
#include "modules/http/json_path.h"

#include <stdint.h>

#include "modules/http/json_modifier.h"

size_t json_path_skip_quoted(struct str p, size_t i)
{
    for (i++; i < p.len && p.p[i] != '"'; i++)
        if (p.p[i] == '\\')
            i++;
    return i < p.len ? i + 1 : p.len;
}

size_t json_path_find_closing(struct str p, size_t i, bool *closes)
{
    *closes = true;
    size_t depth = 0;
    while (i < p.len) {
        switch (p.p[i]) {
        case '\\':
            i += 2;
            continue;
        case '"':
            i = json_path_skip_quoted(p, i);
            continue;
        case '(':
        case '[':
        case '{':
            depth++;
            break;
        case ')':
        case ']':
        case '}':
            if (--depth == 0)
                return i + 1;
            break;
        default:
            break;
        }
        i++;
    }
    *closes = false;
    return p.len;
}

size_t json_path_skip_brackets(struct str p, size_t i)
{
    bool closes;
    return json_path_find_closing(p, i, &closes);
}

bool json_path_is_modifier(struct str name)
{
    return json_modifier_exists(name) || str_eqs(name, "dig");
}

/* Does a dot before this text work as a pipe? Modifiers and bracketed paths apply to a whole value.
 */
static bool starts_own_step(struct str p)
{
    size_t i = 1;
    if (p.len == 0 || p.p[0] != '@')
        return p.len > 0 && (p.p[0] == '[' || p.p[0] == '{');
    while (i < p.len && p.p[i] != '.' && p.p[i] != '|' && p.p[i] != ':')
        i++;
    return json_path_is_modifier((struct str){p.p + 1, i - 1});
}

void json_path_finish(struct json_step *st, struct str p, size_t i)
{
    st->rest = json_path_tail(p, i + 1);
    st->end = i >= p.len ? END_OF_PATH : p.p[i] == '|' ? END_PIPE : END_DOT;
    if (st->end == END_DOT && starts_own_step(st->rest))
        st->end = END_PIPE;
}

struct json_step json_path_take(struct str p)
{
    struct json_step st = {0};
    size_t i = 0;
    for (; i < p.len && p.p[i] != '.' && p.p[i] != '|'; i++) {
        if (p.p[i] == '\\')
            i++;
        else if (p.p[i] == '*' || p.p[i] == '?')
            st.is_pattern = true;
    }
    if (i > p.len)
        i = p.len;
    st.part = json_path_head(p, i);
    json_path_finish(&st, p, i);
    return st;
}

void json_path_drop_escape(struct json_step *st)
{
    size_t count = 0;
    while (count < st->part.len && st->part.p[st->part.len - 1 - count] == '\\')
        count++;
    st->part.len -= count % 2;
}

size_t json_path_find_pipe(struct str p)
{
    for (size_t i = 0; i < p.len;) {
        switch (p.p[i]) {
        case '\\':
            i += 2;
            break;
        case '"':
            i = json_path_skip_quoted(p, i);
            break;
        case '(':
        case '[':
        case '{':
            i = json_path_skip_brackets(p, i);
            break;
        case '|':
            return i;
        default:
            i++;
            break;
        }
    }
    return p.len;
}

/* ---- patterns ---- */

/* One byte of a pattern at *i, escapes resolved; false for a wild one. */
static bool pattern_literal(struct str pattern, size_t *i, char *c)
{
    if (pattern.p[*i] == '\\' && *i + 1 < pattern.len) {
        *c = pattern.p[*i + 1];
        *i += 2;
        return true;
    }
    *c = pattern.p[*i];
    *i += 1;
    return *c != '*' && *c != '?';
}

bool json_path_matches(struct str text, struct str pattern)
{
    size_t t = 0, p = 0, star_p = SIZE_MAX, star_t = 0;
    while (t < text.len) {
        size_t next = p;
        char c = 0;
        bool is_literal = p < pattern.len && pattern_literal(pattern, &next, &c);
        if (p < pattern.len && !is_literal && c == '*') {
            star_p = next;
            star_t = t;
            p = next;
        } else if (p < pattern.len && (is_literal ? c == text.p[t] : c == '?')) {
            if (is_literal)
                t++;
            else
                utf8_next(text, &t);
            p = next;
        } else if (star_p != SIZE_MAX) {
            p = star_p;
            t = ++star_t;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.p[p] == '*')
        p++;
    return p == pattern.len;
}
