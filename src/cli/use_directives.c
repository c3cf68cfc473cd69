/* use_directives.c - see use_directives.h.
 * Source: k6 docs, "Specify extension versions", and semver.org; ranges are those of the usual
 * tools: a version may lack parts or have x for them, and then stands for all that begin so.
 * Tests: use_directives_test.c, fuzz/use_directives_fuzz.c */
#include "cli/use_directives.h"

#include <string.h>

#include "base/num.h"

/* ---- directives */

static bool skip_comment(struct str *s)
{
    ptrdiff_t end;
    if (str_starts(*s, "//")) {
        end = str_find(*s, '\n');
        end = end < 0 ? -1 : end + 1;
    } else if (str_starts(*s, "/*")) {
        struct str rest = {s->p + 2, s->len - 2};
        end = str_finds(rest, "*/");
        end = end < 0 ? -1 : end + 4;
    } else {
        return false;
    }
    *s = end < 0 ? (struct str){NULL, 0} : (struct str){s->p + end, s->len - (size_t)end};
    return true;
}

/* The next string that stands where directives may stand. */
static bool next_directive(struct str *s, struct str *directive)
{
    for (;;) {
        while (s->len > 0 && (ascii_is_space(*s->p) || *s->p == ';'))
            *s = (struct str){s->p + 1, s->len - 1};
        if (s->len == 0)
            return false;
        if (*s->p == '"' || *s->p == '\'')
            break;
        if (!skip_comment(s))
            return false;
    }
    struct str inner = {s->p + 1, s->len - 1};
    ptrdiff_t end = str_find(inner, *s->p);
    if (end < 0)
        return false;
    *directive = (struct str){inner.p, (size_t)end};
    *s = (struct str){inner.p + end + 1, inner.len - (size_t)end - 1};
    return true;
}

static struct str without(struct str s, const char *prefix)
{
    size_t n = strlen(prefix);
    return str_trim((struct str){s.p + n, s.len - n});
}

int use_directives_each(struct str text,
                        int (*each)(void *opaque, struct str name, struct str versions),
                        void *opaque)
{
    struct str directive;
    if (str_starts(text, "#!")) {
        struct str line;
        struct str rest = {NULL, 0};
        str_cut(text, '\n', &line, &rest);
        text = rest;
    }
    while (next_directive(&text, &directive)) {
        if (!str_starts(directive, "use "))
            continue;
        directive = without(directive, "use");
        if (!str_starts(directive, "k6"))
            continue;
        struct str name = STR("k6");
        struct str versions = without(directive, "k6");
        if (str_starts(versions, "with") && str_starts(without(versions, "with"), "k6/x/")) {
            struct str what = without(versions, "with");
            if (!str_cut(what, ' ', &name, &versions)) {
                name = what;
                versions = STR("");
            }
        }
        int rc = each(opaque, name, str_trim(versions));
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* ---- ranges of versions */

struct version {
    unsigned part[3];
    bool has_pre;  /* "-beta.1" follows: before the version of that number */
    int given;     /* how many parts are numbers */
    bool is_short; /* parts are missing or x */
};

enum range_op { OP_NONE, OP_NOT, OP_GREATER, OP_LESS, OP_AT_LEAST, OP_AT_MOST, OP_TILDE, OP_CARET };

/* Longer ones first. */
static const struct {
    const char *text;
    enum range_op op;
} ops[] = {
    {"!=", OP_NOT},     {">=", OP_AT_LEAST}, {"=>", OP_AT_LEAST}, {"<=", OP_AT_MOST},
    {"=<", OP_AT_MOST}, {"~>", OP_TILDE},    {"=", OP_NONE},      {">", OP_GREATER},
    {"<", OP_LESS},     {"~", OP_TILDE},     {"^", OP_CARET},
};

static void advance(struct str *s, size_t n)
{
    s->p += n;
    s->len -= n;
}

static void skip_blanks(struct str *s)
{
    while (s->len > 0 && ascii_is_space(*s->p))
        advance(s, 1);
}

/* A number, x, X or *. */
static bool read_part(struct str *s, struct version *v, int index)
{
    size_t n = 0;
    if (s->len > 0 && (*s->p == 'x' || *s->p == 'X' || *s->p == '*')) {
        v->is_short = true;
        advance(s, 1);
        return true;
    }
    int64_t number;
    while (n < s->len && ascii_is_digit(s->p[n]))
        n++;
    if (n == 0 || n > 9 || num_parse_int((struct str){s->p, n}, &number) < 0)
        return false;
    if (!v->is_short) {
        v->part[index] = (unsigned)number;
        v->given = index + 1;
    }
    advance(s, n);
    return true;
}

/* "-beta.1", "+build": letters, digits, dots, dashes. */
static bool read_tail(struct str *s, char mark)
{
    size_t n = 1;
    if (s->len == 0 || *s->p != mark)
        return false;
    while (n < s->len && (ascii_is_alpha(s->p[n]) || ascii_is_digit(s->p[n]) ||
                           s->p[n] == '.' || s->p[n] == '-'))
        n++;
    if (n == 1)
        return false;
    advance(s, n);
    return true;
}

static bool read_version(struct str *s, struct version *v)
{
    *v = (struct version){.given = 0};
    if (s->len > 0 && *s->p == 'v')
        advance(s, 1);
    if (!read_part(s, v, 0))
        return false;
    int parts = 1;
    for (; parts < 3 && s->len > 1 && *s->p == '.'; parts++) {
        struct str rest = {s->p + 1, s->len - 1};
        if (!read_part(&rest, v, parts))
            return false;
        *s = rest;
    }
    v->is_short = v->is_short || parts < 3;
    v->has_pre = read_tail(s, '-');
    read_tail(s, '+');
    return s->len == 0 || ascii_is_space(*s->p) || *s->p == ',';
}

/* Below, at or above 0. */
static int compare(const unsigned version[3], const struct version *v)
{
    for (int i = 0; i < 3; i++)
        if (version[i] != v->part[i])
            return version[i] < v->part[i] ? -1 : 1;
    return v->has_pre ? 1 : 0;
}

/* Do the parts up to the n-th agree, as far as they are given? */
static bool agrees(const unsigned version[3], const struct version *v, int n)
{
    for (int i = 0; i < n && i < v->given; i++)
        if (version[i] != v->part[i])
            return false;
    return true;
}

/* ^1.2.3 may change what is right of the first part that is not 0. */
static int fixed_by_caret(const struct version *v)
{
    for (int i = 0; i < v->given; i++)
        if (v->part[i] != 0)
            return i + 1;
    return v->given;
}

static bool one_holds(enum range_op op, const struct version *v, const unsigned version[3])
{
    static const unsigned zero[3] = {0};
    int order = compare(version, v);
    if (v->given == 0 && op != OP_LESS)
        return true; /* x */
    if (op == OP_TILDE && !v->is_short && compare(zero, v) == 0)
        return true; /* the usual tools take ~0.0.0 for any */
    switch (op) {
    case OP_NONE:
        return v->is_short ? order >= 0 && agrees(version, v, 2) : order == 0;
    case OP_NOT:
        return v->is_short ? !agrees(version, v, 3) : order != 0;
    case OP_GREATER:
        return v->is_short ? order > 0 && !agrees(version, v, 3) : order > 0;
    case OP_LESS:
        return order < 0;
    case OP_AT_LEAST:
        return order >= 0;
    case OP_AT_MOST:
        return order <= 0 || (v->is_short && agrees(version, v, 3));
    case OP_TILDE:
        return order >= 0 && agrees(version, v, 2);
    case OP_CARET:
        return order >= 0 && agrees(version, v, fixed_by_caret(v));
    }
    return false;
}

static enum range_op read_op(struct str *s, struct str *text)
{
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
        if (str_starts(*s, ops[i].text)) {
            *text = str_of(ops[i].text);
            advance(s, strlen(ops[i].text));
            return ops[i].op;
        }
    *text = STR("");
    return OP_NONE;
}

/* "1.2 - 2": from the one to the other. The dash stands between blanks. */
static bool is_dash(struct str s)
{
    return s.len > 2 && ascii_is_space(s.p[0]) && (skip_blanks(&s), s.len > 1) && *s.p == '-' &&
           ascii_is_space(s.p[1]);
}

struct range {
    struct buf *out;
    const unsigned *version;
    bool holds;
    bool is_first;
};

static void put_one(struct range *r, struct str op, struct str written, enum range_op kind,
                    const struct version *v)
{
    if (!r->is_first)
        buf_addc(r->out, ' ');
    r->is_first = false;
    buf_add_str(r->out, op);
    buf_add_str(r->out, written);
    r->holds = r->holds && one_holds(kind, v, r->version);
}

/* What must hold together. */
static bool read_all(struct range *r, struct str s)
{
    skip_blanks(&s);
    if (s.len == 0)
        return false;
    while (s.len > 0) {
        struct str op;
        struct version v;
        enum range_op kind = read_op(&s, &op);
        skip_blanks(&s);
        const char *from = s.p;
        if (!read_version(&s, &v))
            return false;
        struct str written = {from, (size_t)(s.p - from)};
        if (op.len == 0 && is_dash(s)) {
            put_one(r, STR(">="), written, OP_AT_LEAST, &v);
            skip_blanks(&s);
            advance(&s, 1);
            skip_blanks(&s);
            from = s.p;
            if (!read_version(&s, &v))
                return false;
            put_one(r, STR("<="), (struct str){from, (size_t)(s.p - from)}, OP_AT_MOST, &v);
        } else {
            put_one(r, op, written, kind, &v);
        }
        skip_blanks(&s);
        if (s.len > 0 && *s.p == ',') {
            advance(&s, 1);
            skip_blanks(&s);
            if (s.len == 0)
                return false;
        }
    }
    return true;
}

int version_range_read(struct buf *out, struct str text, const unsigned version[3], bool *holds)
{
    struct buf all;
    bool any = false;
    int rc = 0;
    buf_init(&all, BUF_NO_LIMIT);
    for (bool is_last = false; rc == 0 && !is_last;) {
        ptrdiff_t at = str_finds(text, "||");
        struct str part = {text.p, at < 0 ? text.len : (size_t)at};
        struct range r = {.out = &all, .version = version, .holds = true, .is_first = true};
        is_last = at < 0;
        if (!is_last)
            advance(&text, (size_t)at + 2);
        if (!read_all(&r, part))
            rc = ERR_INVALID;
        any = any || r.holds;
        if (!is_last)
            buf_adds(&all, " || ");
    }
    if (rc == 0)
        buf_add_str(out, (struct str){all.data, all.len});
    if (rc == 0 && holds != NULL)
        *holds = any;
    buf_deinit(&all);
    return rc;
}
