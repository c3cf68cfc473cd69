/* html_regex.c - see html_regex.h. The two syntaxes have most in common; what differs is written
 * anew: names of groups, classes, anchors, flags, quoted stretches, and what "." and "\s" mean.
 * Look- around and back references, which Go does not have, make an expression invalid. Source:
 * Go's regexp/syntax; libregexp.h. Tests: html_regex_test.c */
#include "modules/html/html_regex.h"

#include <libregexp.h>
#include <string.h>

#include "base/mem.h"

enum { GROUP_DEPTH_MAX = 100, REPEAT_MAX = 1000 };

struct translation {
    struct buf *out;
    struct str in;
    size_t at;
    bool any_is_all;                      /* flag s */
    unsigned char extra[GROUP_DEPTH_MAX]; /* groups to close with each: flags open one */
    int depth;
};

static bool is_at(const struct translation *t, const char *text)
{
    return str_starts((struct str){t->in.p + t->at, t->in.len - t->at}, text);
}

/* ---- classes ---- */

static const char space_set[] = "\\t\\n\\f\\r ";

static const struct {
    const char *name, *set;
} posix_classes[] = {
    {"alnum", "0-9A-Za-z"},
    {"alpha", "A-Za-z"},
    {"ascii", "\\x00-\\x7F"},
    {"blank", "\\t "},
    {"cntrl", "\\x00-\\x1F\\x7F"},
    {"digit", "0-9"},
    {"graph", "!-~"},
    {"lower", "a-z"},
    {"print", " -~"},
    {"punct", "!-\\/:-@\\[-`\\{-~"},
    {"space", "\\t\\n\\v\\f\\r "},
    {"upper", "A-Z"},
    {"word", "0-9A-Za-z_"},
    {"xdigit", "0-9A-Fa-f"},
};

/* "[:alpha:]" inside a class; 0: it is none, -1: its name is unknown. */
static int put_posix_class(struct translation *t)
{
    if (!is_at(t, "[:"))
        return 0;
    struct str rest = {t->in.p + t->at + 2, t->in.len - t->at - 2};
    ptrdiff_t end = str_finds(rest, ":]");
    if (end < 0)
        return 0;
    bool is_negated = end > 0 && rest.p[0] == '^';
    struct str name = {rest.p + is_negated, (size_t)end - is_negated};
    t->at += (size_t)end + 4;
    for (size_t i = 0; i < sizeof posix_classes / sizeof posix_classes[0]; i++) {
        if (!str_eqs(name, posix_classes[i].name))
            continue;
        if (is_negated) /* no set within a set in this syntax */
            return -1;
        buf_adds(t->out, posix_classes[i].set);
        return 1;
    }
    return -1;
}

/* \pL, \p{Greek}, \p{^Lu}: general categories as they are, all else is a script. */
static bool put_property(struct translation *t)
{
    bool is_negated = t->in.p[t->at] == 'P';
    struct str name = {t->in.p + t->at + 1, 1};
    size_t len = 2;
    if (t->at + 1 >= t->in.len)
        return false;
    if (*name.p == '{') {
        struct str rest = {name.p + 1, t->in.len - t->at - 2};
        ptrdiff_t end = str_find(rest, '}');
        if (end <= 0)
            return false;
        name = (struct str){rest.p, (size_t)end};
        len = (size_t)end + 3;
    }
    if (name.len > 1 && *name.p == '^') {
        is_negated = !is_negated;
        name = (struct str){name.p + 1, name.len - 1};
    }
    t->at += len;
    buf_adds(t->out, is_negated ? "\\P{" : "\\p{");
    if (name.len > 2)
        buf_adds(t->out, "Script=");
    buf_add_str(t->out, str_eqs(name, "Any") ? STR("Any") : name);
    return buf_addc(t->out, '}') == 0;
}

/* ---- escapes ---- */

/* \x41, \x{1F600}, \123 */
static bool put_code(struct translation *t)
{
    const char *p = t->in.p + t->at, *end = t->in.p + t->in.len;
    uint32_t code = 0;
    bool is_hex = *p == 'x';
    if (is_hex && end - p > 1 && p[1] == '{') {
        for (p += 2; p < end && hex_value(*p) >= 0 && code <= 0x10FFFF; p++)
            code = code * 16 + (uint32_t)hex_value(*p);
        if (p == end || *p++ != '}' || code > 0x10FFFF)
            return false;
    } else if (is_hex) {
        if (end - p < 3 || hex_value(p[1]) < 0 || hex_value(p[2]) < 0)
            return false;
        code = (uint32_t)(hex_value(p[1]) * 16 + hex_value(p[2]));
        p += 3;
    } else { /* octal: \0 and up to two digits, or \1 to \7 and at least one more */
        if (*p != '0' && (end - p < 2 || p[1] < '0' || p[1] > '7'))
            return false;
        for (int i = 0; i < 3 && p < end && *p >= '0' && *p <= '7'; i++)
            code = code * 8 + (uint32_t)(*p++ - '0');
    }
    t->at = (size_t)(p - t->in.p);
    return buf_addf(t->out, "\\u{%X}", code) == 0;
}

static void put_literal(struct translation *t, char c)
{
    if (c != '\0' && strchr("^$\\.*+?()[]{}|/", c))
        buf_addc(t->out, '\\');
    buf_addc(t->out, c);
}

/* What follows a backslash. */
static bool put_escape(struct translation *t, bool in_class)
{
    if (++t->at >= t->in.len)
        return false;
    char c = t->in.p[t->at];
    switch (c) {
    case 'x':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
        return put_code(t);
    case 'p':
    case 'P':
        return put_property(t);
    case 'd':
    case 'D':
    case 'w':
    case 'W':
    case 'f':
    case 'n':
    case 'r':
    case 't':
    case 'v':
        buf_addf(t->out, "\\%c", c);
        break;
    case 'a':
        buf_adds(t->out, "\\x07");
        break;
    case 's':
        buf_addf(t->out, in_class ? "%s" : "[%s]", space_set);
        break;
    case 'S':
        buf_addf(t->out, in_class ? "\\S" : "[^%s]", space_set);
        break;
    case 'b':
    case 'B':
        if (in_class)
            return false;
        buf_addf(t->out, "\\%c", c);
        break;
    case 'A':
        if (in_class)
            return false;
        buf_adds(t->out, "(?<![^])");
        break;
    case 'z':
        if (in_class)
            return false;
        buf_adds(t->out, "(?![^])");
        break;
    default:
        if (ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80)
            return false;
        if (in_class && c == '-')
            buf_addc(t->out, '\\');
        put_literal(t, c);
    }
    t->at++;
    return true;
}

static bool put_class(struct translation *t)
{
    buf_addc(t->out, '[');
    t->at++;
    if (t->at < t->in.len && t->in.p[t->at] == '^') {
        buf_addc(t->out, '^');
        t->at++;
    }
    for (bool is_first = true; t->at < t->in.len; is_first = false) {
        char c = t->in.p[t->at];
        if (c == ']' && !is_first) {
            t->at++;
            return buf_addc(t->out, ']') == 0;
        }
        int posix = put_posix_class(t);
        if (posix < 0)
            return false;
        if (posix > 0)
            continue;
        if (c == '\\') {
            if (!put_escape(t, true))
                return false;
            continue;
        }
        if (c == '-')
            buf_addc(t->out, c);
        else
            put_literal(t, c);
        t->at++;
    }
    return false;
}

/* ---- groups and repetitions ---- */

/* "(?flags)" and "(?flags:": i, m, s, U, and what a minus switches off. */
static bool put_flags(struct translation *t)
{
    size_t p = t->at + 2;
    char on[4] = "", off[4] = "";
    size_t on_len = 0, off_len = 0;
    bool is_off = false;
    for (; p < t->in.len && t->in.p[p] != ':' && t->in.p[p] != ')'; p++) {
        char c = t->in.p[p];
        if (c == '-' && !is_off) {
            is_off = true;
        } else if (c == 's' || c == 'i' || c == 'm') {
            size_t *len = is_off ? &off_len : &on_len;
            char *list = is_off ? off : on;
            if (!memchr(list, c, *len))
                list[(*len)++] = c;
            if (c == 's')
                t->any_is_all = !is_off;
        } else if (c != 'U') { /* which end wins does not matter here */
            return false;
        }
    }
    if (p == t->in.len)
        return false;
    bool is_group = t->in.p[p] == ':';
    t->at = p + 1;
    if (on_len + off_len > 0)
        buf_addf(t->out, "(?%.*s%s%.*s:", (int)on_len, on, off_len > 0 ? "-" : "", (int)off_len,
                 off);
    else if (is_group)
        buf_adds(t->out, "(?:");
    if (!is_group) {
        /* They hold up to the end of the group they stand in. */
        if (on_len + off_len > 0 && ++t->extra[t->depth] == 255)
            return false;
        return true;
    }
    if (++t->depth == GROUP_DEPTH_MAX)
        return false;
    t->extra[t->depth] = 0;
    return true;
}

static bool put_group(struct translation *t)
{
    if (is_at(t, "(?P<") || is_at(t, "(?<")) {
        size_t head = is_at(t, "(?P<") ? 4 : 3;
        struct str name = {t->in.p + t->at + head, t->in.len - t->at - head};
        ptrdiff_t end = str_find(name, '>');
        if (end <= 0)
            return false;
        for (ptrdiff_t i = 0; i < end; i++)
            if (!ascii_is_alpha(name.p[i]) && !ascii_is_digit(name.p[i]) && name.p[i] != '_')
                return false;
        buf_addc(t->out, '('); /* nobody asks for it by name */
        t->at += head + (size_t)end + 1;
    } else if (is_at(t, "(?")) {
        return put_flags(t);
    } else {
        buf_addc(t->out, '(');
        t->at++;
    }
    if (++t->depth == GROUP_DEPTH_MAX)
        return false;
    t->extra[t->depth] = 0;
    return true;
}

static void close_extra(struct translation *t)
{
    for (int i = 0; i < t->extra[t->depth]; i++)
        buf_addc(t->out, ')');
}

/* "{2}", "{2,}", "{2,5}": a repetition; any other brace stands for itself. */
static bool put_brace(struct translation *t)
{
    size_t p = t->at + 1, first_digits, second_digits = 0;
    long low = 0, high = 0;
    for (first_digits = 0; p < t->in.len && ascii_is_digit(t->in.p[p]); p++, first_digits++)
        low = low > REPEAT_MAX ? low : low * 10 + (t->in.p[p] - '0');
    bool has_comma = p < t->in.len && t->in.p[p] == ',';
    for (p += has_comma; has_comma && p < t->in.len && ascii_is_digit(t->in.p[p]); p++) {
        high = high > REPEAT_MAX ? high : high * 10 + (t->in.p[p] - '0');
        second_digits++;
    }
    if (first_digits == 0 || p >= t->in.len || t->in.p[p] != '}') {
        put_literal(t, '{');
        t->at++;
        return true;
    }
    if (low > REPEAT_MAX || high > REPEAT_MAX || (second_digits > 0 && high < low))
        return false;
    buf_add(t->out, t->in.p + t->at, p + 1 - t->at);
    t->at = p + 1;
    return true;
}

static bool put_quoted(struct translation *t)
{
    t->at += 2;
    while (t->at < t->in.len && !is_at(t, "\\E"))
        put_literal(t, t->in.p[t->at++]);
    if (t->at < t->in.len)
        t->at += 2;
    return true;
}

static bool put_one(struct translation *t)
{
    char c = t->in.p[t->at];
    switch (c) {
    case '\\':
        return is_at(t, "\\Q") ? put_quoted(t) : put_escape(t, false);
    case '[':
        return put_class(t);
    case '(':
        return put_group(t);
    case ')':
        if (t->depth == 0)
            return false;
        close_extra(t);
        t->depth--;
        break;
    case '{':
        return put_brace(t);
    case '.':
        buf_adds(t->out, t->any_is_all ? "[^]" : "[^\\n]");
        t->at++;
        return true;
    case '}':
    case ']':
    case '/':
        put_literal(t, c);
        t->at++;
        return true;
    default:
        break;
    }
    buf_addc(t->out, c);
    t->at++;
    return true;
}

bool html_regex_translate(struct buf *out, struct str pattern)
{
    struct translation t = {.out = out, .in = pattern};
    while (t.at < pattern.len)
        if (!put_one(&t))
            return false;
    close_extra(&t);
    return t.depth == 0 && !buf_failed(out);
}

/* ---- running ---- */

struct html_regex {
    JSContext *ctx;
    uint8_t *code; /* the engine's memory */
    uint8_t **captures;
};

struct html_regex *html_regex_new(JSContext *ctx, struct str pattern)
{
    char why[64];
    int len;
    struct buf source;
    buf_init(&source, BUF_NO_LIMIT);
    uint8_t *code = NULL;
    if (utf8_is_valid(pattern) && html_regex_translate(&source, pattern))
        code = lre_compile(&len, why, sizeof why, source.data, source.len, LRE_FLAG_UNICODE, ctx);
    buf_deinit(&source);
    if (!code)
        return NULL;
    struct html_regex *re = MEM_NEW(struct html_regex);
    re->ctx = ctx;
    re->code = code;
    re->captures = mem_calloc((size_t)lre_get_alloc_count(code) + 1, sizeof *re->captures);
    return re;
}

void html_regex_free(struct html_regex *re)
{
    if (!re)
        return;
    lre_realloc(re->ctx, re->code, 0);
    mem_free(re->captures);
    mem_free(re);
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

static size_t to_utf16(uint16_t *out, struct str s)
{
    size_t len = 0;
    for (size_t pos = 0; pos < s.len;) {
        uint32_t cp = utf8_next(s, &pos);
        if (cp >= 0x10000) {
            out[len++] = (uint16_t)(0xD800 + ((cp - 0x10000) >> 10));
            out[len++] = (uint16_t)(0xDC00 + ((cp - 0x10000) & 0x3FF));
        } else {
            out[len++] = (uint16_t)cp;
        }
    }
    return len;
}

int html_regex_match(struct html_regex *re, struct str text)
{
    int rc;
    if (text.len > INT32_MAX / 2)
        return -1;
    if (is_ascii(text)) {
        rc = lre_exec(re->captures, re->code, (const uint8_t *)(text.p ? text.p : ""), 0,
                      (int)text.len, 0, re->ctx);
    } else {
        uint16_t *wide = mem_try_alloc(text.len * sizeof *wide);
        if (!wide)
            return -1;
        size_t len = to_utf16(wide, text);
        rc = lre_exec(re->captures, re->code, (const uint8_t *)wide, 0, (int)len, 1, re->ctx);
        mem_free(wide);
    }
    return rc < 0 ? -1 : rc;
}
