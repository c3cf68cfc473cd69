/* html_selector_parse.c - the text of a selector becomes a list of chains of compounds. What is
 * taken and what is refused is what cascadia, which k6 uses, takes and refuses.
 * Source: W3C Selectors 3; k6 docs, "k6/html". Tests: html_selector_test.c,
 * fuzz/html_selector_fuzz.c */
#include <libunicode.h>
#include <string.h>

#include "base/num.h"
#include "modules/html/html_selector_int.h"

struct parser {
    struct html_selector *s;
    const char *p, *end;
    int depth; /* of :not(:not(...)) */
};

static bool is_name_start(char c)
{
    return ascii_is_alpha(c) || c == '_' || (unsigned char)c > 127;
}

static bool is_name_char(char c)
{
    return is_name_start(c) || c == '-' || ascii_is_digit(c);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

/* White space and comments. */
static bool skip_space(struct parser *x)
{
    const char *from = x->p;
    for (;;) {
        while (x->p < x->end && is_space(*x->p))
            x->p++;
        if (x->end - x->p < 2 || x->p[0] != '/' || x->p[1] != '*')
            break;
        const char *close = memmem(x->p + 2, (size_t)(x->end - x->p - 2), "*/", 2);
        if (!close)
            break;
        x->p = close + 2;
    }
    return x->p > from;
}

static bool take(struct parser *x, char c)
{
    if (x->p >= x->end || *x->p != c)
        return false;
    x->p++;
    return true;
}

static bool take_open(struct parser *x)
{
    if (!take(x, '('))
        return false;
    skip_space(x);
    return true;
}

static bool take_close(struct parser *x)
{
    skip_space(x);
    return take(x, ')');
}

/* ---- names and strings ---- */

/* A backslash and what follows. */
static bool put_escape(struct parser *x, struct buf *out)
{
    char bytes[4];
    uint32_t cp = 0;
    if (x->end - x->p < 2 || x->p[1] == '\r' || x->p[1] == '\n' || x->p[1] == '\f')
        return false;
    x->p++;
    if (hex_value(*x->p) < 0)
        return buf_addc(out, *x->p++) == 0;
    for (int i = 0; i < 6 && x->p < x->end && hex_value(*x->p) >= 0; i++)
        cp = cp * 16 + (uint32_t)hex_value(*x->p++);
    if (x->end - x->p > 1 && x->p[0] == '\r' && x->p[1] == '\n')
        x->p += 2;
    else if (x->p < x->end && is_space(*x->p))
        x->p++;
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    return buf_add(out, bytes, (size_t)utf8_put(bytes, cp)) == 0;
}

static bool put_name(struct parser *x, struct buf *out)
{
    size_t before = out->len;
    while (x->p < x->end) {
        if (is_name_char(*x->p))
            buf_addc(out, *x->p++);
        else if (*x->p != '\\')
            break;
        else if (!put_escape(x, out))
            return false;
    }
    return out->len > before;
}

/* A name that begins with a letter, after any dashes. */
static bool put_identifier(struct parser *x, struct buf *out)
{
    while (x->p < x->end && *x->p == '-')
        buf_addc(out, *x->p++);
    if (x->p >= x->end || !(is_name_start(*x->p) || *x->p == '\\'))
        return false;
    return put_name(x, out);
}

static bool put_string(struct parser *x, struct buf *out)
{
    char quote = *x->p++;
    while (x->p < x->end && *x->p != quote) {
        char next = x->end - x->p > 1 ? x->p[1] : '\0';
        if (*x->p == '\r' || *x->p == '\n' || *x->p == '\f')
            return false;
        if (*x->p != '\\') {
            buf_addc(out, *x->p++);
        } else if (next == '\r' || next == '\n' || next == '\f') { /* goes on in the next line */
            x->p += next == '\r' && x->end - x->p > 2 && x->p[2] == '\n' ? 3 : 2;
        } else if (!put_escape(x, out)) {
            return false;
        }
    }
    return take(x, quote);
}

typedef bool put_fn(struct parser *x, struct buf *out);

/* What put writes, in the selector's memory. */
static bool take_text(struct parser *x, put_fn *put, struct str *out)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    bool ok = put(x, &text) && !buf_failed(&text);
    if (ok)
        *out = (struct str){arena_strndup(x->s->arena, text.data, text.len), text.len};
    buf_deinit(&text);
    return ok;
}

static bool put_string_or_identifier(struct parser *x, struct buf *out)
{
    if (x->p < x->end && (*x->p == '"' || *x->p == '\''))
        return x->end - x->p > 1 && put_string(x, out);
    return put_identifier(x, out);
}

static void lower_ascii(struct str s)
{
    char *p = (char *)s.p;
    for (size_t i = 0; i < s.len; i++)
        p[i] = ascii_lower(p[i]);
}

void html_selector_put_lower(struct buf *out, struct str s)
{
    for (size_t pos = 0; pos < s.len;) {
        if ((unsigned char)s.p[pos] < 0x80) {
            buf_addc(out, ascii_lower(s.p[pos++]));
            continue;
        }
        char bytes[4];
        uint32_t cp = utf8_next(s, &pos), lower[LRE_CC_RES_LEN_MAX];
        lre_case_conv(lower, cp, 1);
        buf_add(out, bytes, (size_t)utf8_put(bytes, lower[0]));
    }
}

static struct str copy_lower(struct parser *x, struct str s)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    html_selector_put_lower(&text, s);
    s = (struct str){arena_strndup(x->s->arena, text.data, text.len), text.len};
    buf_deinit(&text);
    return s;
}

/* Up to the parenthesis or bracket that was opened before. */
static struct html_regex *take_regex(struct parser *x)
{
    int open = 0;
    const char *p = x->p;
    for (; p < x->end; p++) {
        if (*p == '(' || *p == '[')
            open++;
        else if ((*p == ')' || *p == ']') && --open < 0)
            break;
    }
    size_t room = sizeof x->s->regexes / sizeof x->s->regexes[0];
    if (x->end - x->p < 2 || p == x->end || !x->s->ctx || (size_t)x->s->regex_count == room)
        return NULL;
    struct html_regex *re = html_regex_new(x->s->ctx, (struct str){x->p, (size_t)(p - x->p)});
    if (re)
        x->s->regexes[x->s->regex_count++] = re;
    x->p = p;
    return re;
}

/* ---- tests ---- */

static struct selector_test *new_test(struct parser *x, enum selector_test_kind kind)
{
    struct selector_test *t = arena_alloc(x->s->arena, sizeof *t);
    *t = (struct selector_test){.kind = kind};
    return t;
}

static struct selector_test *take_tag(struct parser *x)
{
    struct selector_test *t = new_test(x, TEST_TAG);
    if (!take_text(x, put_identifier, &t->value))
        return NULL;
    lower_ascii(t->value);
    t->tag = html_tag_find(t->value);
    return t;
}

static struct selector_test *take_id(struct parser *x)
{
    struct selector_test *t = new_test(x, TEST_ATTR);
    x->p++;
    t->op = ATTR_EQUALS;
    t->key = STR("id");
    return take_text(x, put_name, &t->value) ? t : NULL;
}

static struct selector_test *take_class(struct parser *x)
{
    struct selector_test *t = new_test(x, TEST_CLASS);
    x->p++;
    return take_text(x, put_identifier, &t->value) ? t : NULL;
}

static bool take_attr_op(struct parser *x, enum selector_attr_op *op)
{
    static const struct {
        char c;
        enum selector_attr_op op;
    } ops[] = {{'!', ATTR_DIFFERS}, {'~', ATTR_INCLUDES}, {'|', ATTR_DASH},   {'^', ATTR_STARTS},
               {'$', ATTR_ENDS},    {'*', ATTR_HAS},      {'#', ATTR_MATCHES}};
    if (x->end - x->p < 3)
        return false;
    if (take(x, '=')) {
        *op = ATTR_EQUALS;
        return true;
    }
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        if (x->p[0] == ops[i].c && x->p[1] == '=') {
            *op = ops[i].op;
            x->p += 2;
            return true;
        }
    }
    return false;
}

static struct selector_test *take_attr(struct parser *x)
{
    struct selector_test *t = new_test(x, TEST_ATTR);
    x->p++;
    skip_space(x);
    if (!take_text(x, put_identifier, &t->key))
        return NULL;
    lower_ascii(t->key);
    skip_space(x);
    if (take(x, ']')) {
        t->op = ATTR_EXISTS;
        return t;
    }
    if (!take_attr_op(x, &t->op))
        return NULL;
    skip_space(x);
    if (t->op == ATTR_MATCHES)
        t->regex = take_regex(x);
    if (t->op == ATTR_MATCHES ? !t->regex : !take_text(x, put_string_or_identifier, &t->value))
        return NULL;
    skip_space(x);
    t->ignores_case = take(x, 'i') || take(x, 'I');
    skip_space(x);
    return take(x, ']') ? t : NULL;
}

/* ---- an+b ---- */

static bool take_integer(struct parser *x, int64_t *out)
{
    const char *from = x->p;
    while (x->p < x->end && ascii_is_digit(*x->p))
        x->p++;
    return num_parse_int((struct str){from, (size_t)(x->p - from)}, out) == 0;
}

static bool put_nth_word(struct parser *x, struct buf *out)
{
    return put_name(x, out);
}

/* "odd", "even", "3", "2n", "-n+3" */
static bool take_nth(struct parser *x, int64_t *step, int64_t *offset)
{
    struct str word;
    if (x->p < x->end && strchr("oOeE", *x->p) && *x->p) {
        if (!take_text(x, put_nth_word, &word))
            return false;
        *step = 2;
        *offset = str_ieqs(word, "odd") ? 1 : 0;
        return *offset == 1 || str_ieqs(word, "even");
    }
    bool is_negative = take(x, '-');
    if (!is_negative)
        take(x, '+');
    *step = 1;
    bool has_number = x->p < x->end && ascii_is_digit(*x->p);
    if (has_number && !take_integer(x, step))
        return false;
    if (is_negative)
        *step = -*step;
    if (!take(x, 'n') && !take(x, 'N')) {
        *offset = *step; /* a lone number */
        *step = 0;
        return has_number && x->p < x->end;
    }
    skip_space(x);
    *offset = 0;
    if (x->p >= x->end)
        return false;
    is_negative = take(x, '-');
    if (!is_negative && !take(x, '+'))
        return true;
    skip_space(x);
    if (!take_integer(x, offset))
        return false;
    if (is_negative)
        *offset = -*offset;
    return true;
}

/* ---- pseudo-classes ---- */

enum pseudo_argument { ARG_NONE, ARG_LIST, ARG_TEXT, ARG_REGEX, ARG_NTH, ARG_LANG };

static const struct pseudo {
    const char *name;
    enum selector_test_kind kind;
    enum pseudo_argument argument;
    bool is_own, is_last, is_of_type;
} pseudos[] = {
    {"not", TEST_NOT, ARG_LIST, false, false, false},
    {"has", TEST_HAS, ARG_LIST, false, false, false},
    {"haschild", TEST_HAS_CHILD, ARG_LIST, false, false, false},
    {"contains", TEST_CONTAINS, ARG_TEXT, false, false, false},
    {"containsown", TEST_CONTAINS, ARG_TEXT, true, false, false},
    {"matches", TEST_MATCHES, ARG_REGEX, false, false, false},
    {"matchesown", TEST_MATCHES, ARG_REGEX, true, false, false},
    {"nth-child", TEST_NTH, ARG_NTH, false, false, false},
    {"nth-last-child", TEST_NTH, ARG_NTH, false, true, false},
    {"nth-of-type", TEST_NTH, ARG_NTH, false, false, true},
    {"nth-last-of-type", TEST_NTH, ARG_NTH, false, true, true},
    {"first-child", TEST_NTH, ARG_NONE, false, false, false},
    {"last-child", TEST_NTH, ARG_NONE, false, true, false},
    {"first-of-type", TEST_NTH, ARG_NONE, false, false, true},
    {"last-of-type", TEST_NTH, ARG_NONE, false, true, true},
    {"only-child", TEST_ONLY, ARG_NONE, false, false, false},
    {"only-of-type", TEST_ONLY, ARG_NONE, false, false, true},
    {"lang", TEST_LANG, ARG_LANG, false, false, false},
    {"input", TEST_INPUT, ARG_NONE, false, false, false},
    {"empty", TEST_EMPTY, ARG_NONE, false, false, false},
    {"root", TEST_ROOT, ARG_NONE, false, false, false},
    {"link", TEST_LINK, ARG_NONE, false, false, false},
    {"enabled", TEST_ENABLED, ARG_NONE, false, false, false},
    {"disabled", TEST_DISABLED, ARG_NONE, false, false, false},
    {"checked", TEST_CHECKED, ARG_NONE, false, false, false},
    /* A page that nobody looks at has none of these. */
    {"visited", TEST_NEVER, ARG_NONE, false, false, false},
    {"hover", TEST_NEVER, ARG_NONE, false, false, false},
    {"active", TEST_NEVER, ARG_NONE, false, false, false},
    {"focus", TEST_NEVER, ARG_NONE, false, false, false},
    {"target", TEST_NEVER, ARG_NONE, false, false, false},
};

static struct selector_list *take_list(struct parser *x);

static bool take_list_argument(struct parser *x, struct selector_test *t)
{
    if (x->depth == SELECTOR_DEPTH_MAX)
        return false;
    x->depth++;
    t->list = take_list(x);
    x->depth--;
    return t->list != NULL;
}

static bool take_argument(struct parser *x, enum pseudo_argument argument, struct selector_test *t)
{
    bool ok = false;
    if (argument == ARG_NONE) {
        t->offset = 1; /* first-child and its kin */
        return true;
    }
    if (!take_open(x))
        return false;
    switch (argument) {
    case ARG_NONE:
        break;
    case ARG_LIST:
        ok = take_list_argument(x, t);
        break;
    case ARG_TEXT:
        ok = take_text(x, put_string_or_identifier, &t->value);
        break;
    case ARG_LANG:
        ok = take_text(x, put_identifier, &t->value);
        break;
    case ARG_REGEX:
        ok = (t->regex = take_regex(x)) != NULL;
        break;
    case ARG_NTH:
        ok = take_nth(x, &t->step, &t->offset);
        break;
    }
    if (ok && (argument == ARG_TEXT || argument == ARG_LANG))
        t->value = copy_lower(x, t->value);
    return ok && take_close(x);
}

static struct selector_test *take_pseudo(struct parser *x)
{
    struct str name;
    x->p++;
    if (!take_text(x, put_identifier, &name))
        return NULL;
    lower_ascii(name);
    for (size_t i = 0; i < sizeof pseudos / sizeof pseudos[0]; i++) {
        const struct pseudo *known = &pseudos[i];
        if (!str_eqs(name, known->name))
            continue;
        struct selector_test *t = new_test(x, known->kind);
        t->is_own = known->is_own;
        t->is_last = known->is_last;
        t->is_of_type = known->is_of_type;
        return take_argument(x, known->argument, t) ? t : NULL;
    }
    return NULL; /* pseudo-elements, too */
}

/* ---- compounds, chains, lists ---- */

/* What holds for one element: "a.b#c[d]:e". */
static bool take_compound(struct parser *x, struct selector_compound *c)
{
    struct selector_test **end = &c->tests;
    if (x->p >= x->end)
        return false;
    if (take(x, '*')) {
        if (x->end - x->p > 2 && x->p[0] == '|' && x->p[1] == '*')
            x->p += 2;
    } else if (!strchr("#.[:", *x->p) || *x->p == '\0') {
        if ((*end = take_tag(x)) == NULL)
            return false;
        end = &(*end)->next;
    }
    while (x->p < x->end) {
        switch (*x->p) {
        case '#':
            *end = take_id(x);
            break;
        case '.':
            *end = take_class(x);
            break;
        case '[':
            *end = take_attr(x);
            break;
        case ':':
            *end = take_pseudo(x);
            break;
        default:
            return true;
        }
        if (*end == NULL)
            return false;
        end = &(*end)->next;
    }
    return true;
}

static struct selector_compound *new_compound(struct parser *x, struct selector_compound *left,
                                              char combinator)
{
    struct selector_compound *c = arena_alloc(x->s->arena, sizeof *c);
    *c = (struct selector_compound){.left = left, .combinator = combinator};
    return take_compound(x, c) ? c : NULL;
}

/* The rightmost compound of a chain; NULL: not well formed. */
static struct selector_compound *take_chain(struct parser *x)
{
    skip_space(x);
    struct selector_compound *c = new_compound(x, NULL, ' ');
    for (int len = 1; c; len++) {
        bool is_apart = skip_space(x);
        if (x->p >= x->end || *x->p == ',' || *x->p == ')')
            return c;
        char combinator = is_apart ? ' ' : '\0';
        if (*x->p == '+' || *x->p == '>' || *x->p == '~') {
            combinator = *x->p++;
            skip_space(x);
        }
        if (combinator == '\0' || len == SELECTOR_CHAIN_MAX)
            return NULL;
        c = new_compound(x, c, combinator);
    }
    return NULL;
}

static struct selector_list *take_list(struct parser *x)
{
    struct selector_list *first = NULL, **end = &first;
    do {
        struct selector_list *item = arena_alloc(x->s->arena, sizeof *item);
        *item = (struct selector_list){.last = take_chain(x)};
        if (!item->last)
            return NULL;
        *end = item;
        end = &item->next;
    } while (take(x, ','));
    return first;
}

struct html_selector *html_selector_parse(JSContext *ctx, struct str text)
{
    struct html_selector *s = MEM_NEW(struct html_selector);
    s->ctx = ctx;
    s->arena = arena_new(512);
    struct parser x = {.s = s, .p = text.p, .end = text.p + text.len};
    s->list = text.len > 0 ? take_list(&x) : NULL;
    if (s->list && x.p == x.end)
        return s;
    html_selector_free(s);
    return NULL;
}

void html_selector_free(struct html_selector *s)
{
    if (!s)
        return;
    for (int i = 0; i < s->regex_count; i++)
        html_regex_free(s->regexes[i]);
    if (s->text.data)
        buf_deinit(&s->text);
    arena_free(s->arena);
    mem_free(s);
}
