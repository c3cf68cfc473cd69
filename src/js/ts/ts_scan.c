/* ts_scan.c - TypeScript's tokens, tries and their undoing. Knows no grammar but what a token
 * needs. Tests: typescript_test.c, fuzz/typescript_fuzz.c */
#include "js/ts/ts_int.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 1200 }; /* nested expressions, statements, types */

struct word {
    const char *text;
    enum ts_word word;
};

/* Sorted by text. */
static const struct word WORDS[] = {
    {"abstract", W_ABSTRACT},
    {"accessor", W_ACCESSOR},
    {"as", W_AS},
    {"asserts", W_ASSERTS},
    {"async", W_ASYNC},
    {"await", W_AWAIT},
    {"break", W_BREAK},
    {"case", W_CASE},
    {"catch", W_CATCH},
    {"class", W_CLASS},
    {"const", W_CONST},
    {"constructor", W_CONSTRUCTOR},
    {"continue", W_CONTINUE},
    {"debugger", W_DEBUGGER},
    {"declare", W_DECLARE},
    {"default", W_DEFAULT},
    {"delete", W_DELETE},
    {"do", W_DO},
    {"else", W_ELSE},
    {"enum", W_ENUM},
    {"export", W_EXPORT},
    {"extends", W_EXTENDS},
    {"false", W_FALSE},
    {"finally", W_FINALLY},
    {"for", W_FOR},
    {"from", W_FROM},
    {"function", W_FUNCTION},
    {"get", W_GET},
    {"global", W_GLOBAL},
    {"if", W_IF},
    {"implements", W_IMPLEMENTS},
    {"import", W_IMPORT},
    {"in", W_IN},
    {"infer", W_INFER},
    {"instanceof", W_INSTANCEOF},
    {"interface", W_INTERFACE},
    {"is", W_IS},
    {"keyof", W_KEYOF},
    {"let", W_LET},
    {"module", W_MODULE},
    {"namespace", W_NAMESPACE},
    {"new", W_NEW},
    {"null", W_NULL},
    {"of", W_OF},
    {"out", W_OUT},
    {"override", W_OVERRIDE},
    {"private", W_PRIVATE},
    {"protected", W_PROTECTED},
    {"public", W_PUBLIC},
    {"readonly", W_READONLY},
    {"require", W_REQUIRE},
    {"return", W_RETURN},
    {"satisfies", W_SATISFIES},
    {"set", W_SET},
    {"static", W_STATIC},
    {"super", W_SUPER},
    {"switch", W_SWITCH},
    {"this", W_THIS},
    {"throw", W_THROW},
    {"true", W_TRUE},
    {"try", W_TRY},
    {"type", W_TYPE},
    {"typeof", W_TYPEOF},
    {"unique", W_UNIQUE},
    {"using", W_USING},
    {"var", W_VAR},
    {"void", W_VOID},
    {"while", W_WHILE},
    {"with", W_WITH},
    {"yield", W_YIELD},
};

static int compare_word(const void *key, const void *item)
{
    const struct str *text = key;
    return str_cmp(*text, str_of(((const struct word *)item)->text));
}

static enum ts_word word_of(struct str text)
{
    if (text.len < 2 || text.len > 11 || text.p[0] < 'a')
        return W_NONE;
    const struct word *w =
        bsearch(&text, WORDS, sizeof WORDS / sizeof WORDS[0], sizeof WORDS[0], compare_word);
    return w != NULL ? w->word : W_NONE;
}

/* ---- errors ---- */

void ts_fail_at(struct ts *p, uint32_t at, const char *text)
{
    if (!p->failed) {
        p->failed = true;
        p->error_at = at;
        p->error = text;
    }
    p->tok.kind = TS_EOF;
    p->tok.word = W_NONE;
}

bool ts_fail(struct ts *p, const char *fmt, ...)
{
    if (!p->failed) {
        char text[160];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
        ts_fail_at(p, p->tok.start, arena_strdup(p->arena, text));
    }
    return false;
}

void ts_unexpected(struct ts *p)
{
    uint32_t len = p->tok.end - p->tok.start;
    if (p->failed)
        return;
    if (p->tok.kind == TS_EOF)
        ts_fail(p, "unexpected end of the file");
    else
        ts_fail(p, "unexpected \"%.*s\"", (int)(len < 40 ? len : 40), p->src + p->tok.start);
}

static void hopeless(struct ts *p, const char *text)
{
    ts_fail_at(p, p->tok.start, text);
    p->is_hopeless = true;
}

bool ts_enter(struct ts *p)
{
    if (p->depth >= DEEPEST) {
        hopeless(p, "nested too deeply");
        return false;
    }
    p->depth++;
    return true;
}

void ts_leave(struct ts *p)
{
    p->depth--;
}

/* ---- characters ---- */

static bool is_name_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || c == '_' || c == '$' || c == '\\' ||
           (unsigned char)c >= 0x80;
}

/* The length of a line break at s, 0 if there is none. */
static uint32_t line_break_len(const char *s)
{
    if (s[0] == '\n' || s[0] == '\r')
        return 1;
    return memcmp(s, "\xE2\x80", 2) == 0 && (s[2] == '\xA8' || s[2] == '\xA9') ? 3 : 0;
}

static uint32_t wide_space_len(const char *s)
{
    if (memcmp(s, "\xC2\xA0", 2) == 0)
        return 2;
    if (memcmp(s, "\xEF\xBB\xBF", 3) == 0 || memcmp(s, "\xE3\x80\x80", 3) == 0 ||
        memcmp(s, "\xE1\x9A\x80", 3) == 0 || memcmp(s, "\xE2\x80\xAF", 3) == 0 ||
        memcmp(s, "\xE2\x81\x9F", 3) == 0)
        return 3;
    return memcmp(s, "\xE2\x80", 2) == 0 && (unsigned char)s[2] >= 0x80 &&
                   (unsigned char)s[2] <= 0x8A
               ? 3
               : 0;
}

static uint32_t skip_line(const struct ts *p, uint32_t at)
{
    while (at < p->len && line_break_len(p->src + at) == 0)
        at++;
    return at;
}

/* Behind a comment that begins with "/" "*". */
static uint32_t skip_comment(struct ts *p, uint32_t at, bool *after_line)
{
    uint32_t start = at;
    for (at += 2; at < p->len; at++) {
        if (p->src[at] == '*' && p->src[at + 1] == '/')
            return at + 2;
        if (line_break_len(p->src + at) > 0)
            *after_line = true;
    }
    ts_fail_at(p, start, "the comment has no end");
    return p->len;
}

static uint32_t skip_space(struct ts *p, uint32_t at, bool *after_line)
{
    for (;;) {
        const char *s = p->src + at;
        uint32_t len;
        if (*s == ' ' || *s == '\t' || *s == '\v' || *s == '\f') {
            at++;
        } else if (*s == '/' && s[1] == '/') {
            at = skip_line(p, at);
        } else if (*s == '/' && s[1] == '*') {
            at = skip_comment(p, at, after_line);
        } else if ((len = line_break_len(s)) > 0) {
            *after_line = true;
            at += len;
        } else if ((unsigned char)*s >= 0x80 && (len = wide_space_len(s)) > 0) {
            at += len;
        } else {
            return at;
        }
    }
}

/* ---- tokens ---- */

static uint32_t name_end(const struct ts *p, uint32_t at)
{
    const char *s = p->src;
    while (at < p->len && is_name_byte(s[at])) {
        if ((unsigned char)s[at] >= 0x80 &&
            (wide_space_len(s + at) > 0 || line_break_len(s + at) > 0))
            break;
        if (s[at] == '\\' && s[at + 1] == 'u' && s[at + 2] == '{') {
            while (at < p->len && s[at] != '}' && s[at] != '\n')
                at++;
            if (s[at] != '}')
                break;
        }
        at++;
    }
    return at;
}

static uint32_t number_end(const struct ts *p, uint32_t at)
{
    const char *s = p->src;
    bool is_hex = s[at] == '0' && (s[at + 1] | 0x20) == 'x';
    bool has_point = false;
    for (;; at++) {
        if (s[at] == '.' && !has_point && !is_hex)
            has_point = true;
        else if ((s[at] == '+' || s[at] == '-') && !is_hex && (s[at - 1] | 0x20) == 'e')
            continue;
        else if (!ascii_is_alpha(s[at]) && !ascii_is_digit(s[at]) && s[at] != '_')
            return at;
    }
}

static uint32_t string_end(struct ts *p, uint32_t at)
{
    char quote = p->src[at];
    uint32_t start = at;
    for (at++; at < p->len && p->src[at] != quote; at++) {
        if (p->src[at] == '\\')
            at++;
        else if (p->src[at] == '\n' || p->src[at] == '\r')
            break;
    }
    if (at < p->len && p->src[at] == quote)
        return at + 1;
    ts_fail_at(p, start, "the string has no end");
    return p->len;
}

static int take(struct ts_token *t, int kind, uint32_t len)
{
    t->end = t->start + len;
    return kind;
}

/* Operators but those that begin with "<" or ">". */
static int operator_kind(const char *s, struct ts_token *t)
{
    static const char *const LONG[] = {"...", "===", "!==", "**=", "&&=", "||=", "?\?=", NULL};
    static const char *const SHORT[] = {"=>", "==", "!=", "&&", "||", "??", "**", "++", "--",
                                        "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", NULL};
    for (int i = 0; LONG[i] != NULL; i++)
        if (memcmp(s, LONG[i], 3) == 0)
            return take(t, i == 0 ? TS_ELLIPSIS : i < 3 ? TS_BINARY : TS_ASSIGN, 3);
    if (s[0] == '?' && s[1] == '.' && !ascii_is_digit(s[2]))
        return take(t, TS_OPTIONAL, 2);
    for (int i = 0; SHORT[i] != NULL; i++)
        if (memcmp(s, SHORT[i], 2) == 0)
            return take(t, i == 0 ? TS_ARROW : i < 7 ? TS_BINARY : i < 9 ? TS_STEP : TS_ASSIGN, 2);
    return take(t, (unsigned char)s[0], 1);
}

static int token_kind(struct ts *p, struct ts_token *t)
{
    const char *s = p->src + t->start;
    if (t->start >= p->len)
        return take(t, TS_EOF, 0);
    if (ascii_is_digit(s[0]) || (s[0] == '.' && ascii_is_digit(s[1]))) {
        t->end = number_end(p, t->start);
        return TS_NUMBER;
    }
    if (is_name_byte(s[0])) {
        t->end = name_end(p, t->start);
        if (t->end == t->start)
            t->end++;
        t->word = word_of((struct str){s, t->end - t->start});
        return TS_NAME;
    }
    if (s[0] == '"' || s[0] == '\'') {
        t->end = string_end(p, t->start);
        return TS_STRING;
    }
    if (s[0] == '#' && is_name_byte(s[1])) {
        t->end = name_end(p, t->start + 1);
        return TS_PRIVATE;
    }
    if (s[0] == '\0' || s[0] == '#') {
        ts_fail_at(p, t->start, s[0] == '#' ? "unexpected \"#\"" : "unexpected NUL byte");
        return take(t, TS_EOF, 0);
    }
    return operator_kind(s, t);
}

void ts_next(struct ts *p)
{
    p->prev_end = p->tok.end;
    if (p->failed)
        return;
    if (p->steps_left-- == 0) {
        hopeless(p, "too much to try: the text is ambiguous at too many places");
        return;
    }
    struct ts_token t = {0};
    t.start = skip_space(p, p->tok.end, &t.after_line);
    t.kind = token_kind(p, &t);
    p->tok = t;
    if (p->failed)
        p->tok.kind = TS_EOF;
}

void ts_scan_regexp(struct ts *p)
{
    uint32_t at = p->tok.start + 1;
    bool in_class = false;
    for (; at < p->len && (in_class || p->src[at] != '/'); at++) {
        if (line_break_len(p->src + at) > 0)
            break;
        if (p->src[at] == '\\')
            at++;
        else if (p->src[at] == '[')
            in_class = true;
        else if (p->src[at] == ']')
            in_class = false;
    }
    if (at >= p->len || p->src[at] != '/') {
        ts_fail_at(p, p->tok.start, "the regular expression has no end");
        return;
    }
    p->tok.end = name_end(p, at + 1);
    ts_next(p);
}

void ts_scan_angle(struct ts *p)
{
    const char *s = p->src + p->tok.start;
    uint32_t len = 1;
    while (len < 3 && s[len] == s[0])
        len++;
    if (s[0] == '<' && len > 2)
        len = 2;
    if (s[len] == '=') {
        p->tok.kind = len == 1 ? TS_BINARY : TS_ASSIGN;
        len++;
    } else if (len > 1) {
        p->tok.kind = TS_BINARY;
    }
    p->tok.end = p->tok.start + len;
}

bool ts_scan_template(struct ts *p, uint32_t from)
{
    uint32_t at = from;
    for (; at < p->len; at++) {
        if (p->src[at] == '\\') {
            at++;
        } else if (p->src[at] == '`') {
            p->tok.end = at + 1;
            ts_next(p);
            return false;
        } else if (p->src[at] == '$' && p->src[at + 1] == '{') {
            p->tok.end = at + 2;
            ts_next(p);
            return true;
        }
    }
    ts_fail_at(p, from > 0 ? from - 1 : 0, "the template has no end");
    return false;
}

/* ---- tries ---- */

struct ts_mark ts_mark(struct ts *p)
{
    return (struct ts_mark){
        .tok = p->tok,
        .prev_end = p->prev_end,
        .erased_end = p->erased_end,
        .edits = p->edits.len,
        .refs = p->refs.len,
        .decls = p->decls.len,
        .scopes = p->scopes.len,
        .imports = p->imports.len,
        .import_names = p->import_names.len,
        .export_names = p->export_names.len,
        .context = p->context,
        .super = p->super,
        .supers = p->super != NULL ? p->super->starts.len : 0,
        .properties = p->properties,
        .depth = p->depth,
        .is_ambient = p->is_ambient,
    };
}

void ts_back(struct ts *p, const struct ts_mark *m)
{
    p->edits.len = m->edits;
    p->refs.len = m->refs;
    p->decls.len = m->decls;
    p->scopes.len = m->scopes;
    p->imports.len = m->imports;
    p->import_names.len = m->import_names;
    p->export_names.len = m->export_names;
    p->context = m->context;
    p->super = m->super;
    if (p->super != NULL)
        p->super->starts.len = p->super->ends.len = m->supers;
    p->properties = m->properties;
    p->depth = m->depth;
    p->is_ambient = m->is_ambient;
    p->prev_end = m->prev_end;
    p->erased_end = m->erased_end;
    if (p->is_hopeless)
        return;
    p->failed = false;
    p->tok = m->tok;
}

/* ---- what parsers ask ---- */

bool ts_at_word(const struct ts *p, enum ts_word word)
{
    return p->tok.kind == TS_NAME && p->tok.word == word;
}

bool ts_at_name(const struct ts *p)
{
    return p->tok.kind == TS_NAME && (p->tok.word == W_NONE || p->tok.word > W_LAST_RESERVED);
}

bool ts_take(struct ts *p, int kind)
{
    if (p->tok.kind != kind || p->failed)
        return false;
    ts_next(p);
    return true;
}

bool ts_take_word(struct ts *p, enum ts_word word)
{
    if (!ts_at_word(p, word))
        return false;
    ts_next(p);
    return true;
}

bool ts_expect(struct ts *p, int kind)
{
    if (ts_take(p, kind))
        return true;
    if (!p->failed) {
        uint32_t len = p->tok.end - p->tok.start;
        const char *what = kind == TS_ARROW ? "=>" : NULL;
        if (what == NULL && kind > 255)
            ts_unexpected(p);
        else if (p->tok.kind == TS_EOF)
            ts_fail(p, "expected \"%.2s\" but the file ends",
                    what != NULL ? what : (char[]){(char)kind, 0});
        else
            ts_fail(p, "expected \"%.2s\" but found \"%.*s\"",
                    what != NULL ? what : (char[]){(char)kind, 0}, (int)(len < 40 ? len : 40),
                    p->src + p->tok.start);
    }
    return false;
}

bool ts_expect_word(struct ts *p, enum ts_word word)
{
    if (ts_take_word(p, word))
        return true;
    ts_unexpected(p);
    return false;
}

struct ts_token ts_peek(struct ts *p)
{
    struct ts_token now = p->tok;
    uint32_t prev_end = p->prev_end;
    ts_next(p);
    struct ts_token next = p->tok;
    if (p->failed)
        return next;
    p->tok = now;
    p->prev_end = prev_end;
    return next;
}
