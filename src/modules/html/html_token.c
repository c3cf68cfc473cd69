/* html_token.c - a page's bytes become tokens. Knows no tree; what comes after a start tag like
 * <script> is text up to its end tag, which the tree may call off. The page is all there, so a
 * token is found by looking ahead, not by a state for each byte; the order of the standard's states
 * is kept where it matters (attributes, comments, scripts that hide their end in comments).
 * Tag and attribute names are put into lower case in place, texts are pieces of the page unless
 * something in them has to change.
 * Source: HTML standard, "Tokenization"; where Go's x/net/html reads it otherwise, as that does.
 * Tests: html_token_test.c, fuzz/html_parse_fuzz.c */
#include <string.h>

#include "base/mem.h"
#include "modules/html/html_int.h"

enum {
    FEW_ATTRS = 16, /* up to so many are compared with each other one by one */
    ATTRS_MAX = 1 << 18,
    SHORT_TEXT = 48,
};

void html_tokenizer_init(struct html_tokenizer *z, struct html_doc *doc, char *text, size_t len)
{
    *z = (struct html_tokenizer){.doc = doc, .at = text, .end = text + len};
}

void html_tokenizer_deinit(struct html_tokenizer *z)
{
    VEC_DEINIT(&z->attrs);
    VEC_DEINIT(&z->slots);
}

/* ---- texts ---- */

/* A copy in the document; NULL: no memory. */
static char *get_room(struct html_tokenizer *z, size_t len)
{
    char *p = html_doc_try_alloc(z->doc, len);
    if (!p)
        z->is_out_of_memory = true;
    return p;
}

static size_t count_byte(struct str s, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.p[i] == c;
    return count;
}

/* May s hold one of the bytes that change in texts and values? Most are short and plain: one look
 * at each byte is quicker then than three searches. */
static bool may_change(struct str s)
{
    if (s.len > SHORT_TEXT)
        return true;
    bool found = false;
    for (size_t i = 0; i < s.len; i++)
        found |= s.p[i] == '&' || s.p[i] == '\r' || s.p[i] == '\0';
    return found;
}

/* \r\n and \r become \n; NUL becomes U+FFFD if asked for. */
static struct str normalize(struct html_tokenizer *z, struct str s, bool replaces_nul)
{
    bool has_cr = memchr(s.p, '\r', s.len) != NULL;
    size_t nul_count = replaces_nul ? count_byte(s, '\0') : 0;
    if (!has_cr && nul_count == 0)
        return s;
    char *copy = get_room(z, s.len + 2 * nul_count), *out = copy;
    if (!copy)
        return STR("");
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '\r') {
            *out++ = '\n';
            i += i + 1 < s.len && s.p[i + 1] == '\n' ? 1 : 0;
        } else if (s.p[i] == '\0' && replaces_nul) {
            out += utf8_put(out, 0xFFFD);
        } else {
            *out++ = s.p[i];
        }
    }
    return (struct str){copy, (size_t)(out - copy)};
}

static struct str decode(struct html_tokenizer *z, struct str s, bool is_attr)
{
    if (!memchr(s.p, '&', s.len))
        return s;
    char *copy = get_room(z, HTML_DECODED_MAX(s.len));
    if (!copy)
        return STR("");
    return (struct str){copy, (size_t)(html_entity_decode(copy, s, is_attr) - copy)};
}

static struct str piece(const char *from, const char *to)
{
    return (struct str){from, (size_t)(to - from)};
}

/* Both. */
static struct str clean(struct html_tokenizer *z, struct str s, bool replaces_nul, bool is_attr)
{
    return may_change(s) ? decode(z, normalize(z, s, replaces_nul), is_attr) : s;
}

/* ---- tags ---- */

static char *skip_space(struct html_tokenizer *z, char *p)
{
    while (p < z->end && html_is_space(*p))
        p++;
    return p;
}

/* Lower case in place; a NUL, which no name may hold, makes a copy. */
static struct str take_name(struct html_tokenizer *z, char *from, char *to)
{
    for (char *p = from; p < to; p++)
        *p = ascii_lower(*p);
    struct str name = piece(from, to);
    if (!memchr(from, '\0', name.len))
        return name;
    return normalize(z, name, true); /* there is no \r in a name */
}

/* Is the attribute there already? As a page may have very many, a table of their places is kept
 * once there are more than a few. Else notes the new one. */
static bool is_repeated(struct html_tokenizer *z, struct str key)
{
    size_t count = z->attrs.len;
    if (count < FEW_ATTRS) {
        for (size_t i = 0; i < count; i++)
            if (str_eq(z->attrs.items[i].key, key))
                return true;
        return false;
    }
    if (count == FEW_ATTRS || count * 2 > z->slots.len) {
        size_t len = count * 4;
        VEC_RESERVE(&z->slots, len);
        z->slots.len = len;
        memset(z->slots.items, 0, len * sizeof(uint32_t));
        for (size_t i = 0; i < count; i++) {
            size_t at = str_hash(z->attrs.items[i].key) % len;
            while (z->slots.items[at])
                at = (at + 1) % len;
            z->slots.items[at] = (uint32_t)i + 1;
        }
    }
    size_t at = str_hash(key) % z->slots.len;
    for (; z->slots.items[at]; at = (at + 1) % z->slots.len)
        if (str_eq(z->attrs.items[z->slots.items[at] - 1].key, key))
            return true;
    z->slots.items[at] = (uint32_t)count + 1;
    return false;
}

/* Where the value ends that begins at *from, which is moved past an opening quote. Sets *after. */
static char *find_value_end(struct html_tokenizer *z, char **from, char **after)
{
    char *p = *from;
    if (*p == '"' || *p == '\'') {
        char *close = memchr(p + 1, *p, (size_t)(z->end - p - 1));
        *from = p + 1;
        *after = close ? close + 1 : z->end;
        return close ? close : z->end;
    }
    while (p < z->end && !html_is_space(*p) && *p != '>')
        p++;
    *after = p;
    return p;
}

/* One attribute, or a slash between them; returns what follows. *value_end: where the value of the
 * last attribute that counts ends. */
static char *read_attr(struct html_tokenizer *z, char *p, bool saves, const char **value_end)
{
    char *key = p;
    while (p < z->end && !html_is_space(*p) && *p != '/' && *p != '>' && (*p != '=' || p == key))
        p++;
    char *key_end = p, *value = p, *end = p, *after;
    p = skip_space(z, p);
    if (p < z->end && *p == '/') {
        p++;
    } else if (p < z->end && *p == '=') {
        p = skip_space(z, p + 1);
        if (p < z->end && *p != '>') {
            value = p;
            end = find_value_end(z, &value, &after);
            p = after;
        }
    }
    if (!saves || key == key_end)
        return p;
    struct html_attr a = {.key = take_name(z, key, key_end), .prefix = ""};
    if (is_repeated(z, a.key))
        return p;
    if (z->attrs.len == ATTRS_MAX) {
        z->is_out_of_memory = true;
        return p;
    }
    *value_end = end;
    a.value = clean(z, piece(value, end), true, true);
    VEC_PUSH(&z->attrs, a);
    return p;
}

/* The attributes found, in the document: those of one tag in one piece. */
static void take_attrs(struct html_tokenizer *z, struct html_token *t)
{
    size_t size = z->attrs.len * sizeof(struct html_attr);
    t->attr_count = (uint32_t)z->attrs.len;
    t->attrs = NULL;
    if (size == 0)
        return;
    t->attrs = (struct html_attr *)get_room(z, size);
    if (t->attrs)
        memcpy(t->attrs, z->attrs.items, size);
    else
        t->attr_count = 0;
}

/* A tag whose name begins at p. One that the page's end cuts off is dropped. */
static void read_tag(struct html_tokenizer *z, struct html_token *t, char *p, bool is_start)
{
    char *name = p;
    const char *value_end = NULL;
    while (p < z->end && !html_is_space(*p) && *p != '/' && *p != '>')
        p++;
    struct str data = take_name(z, name, p);
    VEC_CLEAR(&z->attrs);
    p = skip_space(z, p);
    while (p < z->end && *p != '>') {
        p = read_attr(z, p, is_start, &value_end);
        p = skip_space(z, p);
    }
    if (p == z->end) {
        z->at = z->end;
        t->type = TOKEN_EOF;
        return;
    }
    z->at = p + 1;
    *t = (struct html_token){
        .type = is_start ? TOKEN_START : TOKEN_END, .tag = html_tag_find(data), .data = data};
    if (!is_start)
        return;
    take_attrs(z, t);
    /* "<p a=/>" is not closed: the slash is the value's. */
    t->is_self_closing = p[-1] == '/' && p != value_end;
    if (html_tag_facts(t->tag) & (TAG_IS_RAW | TAG_IS_RCDATA))
        z->raw = t->tag;
}

/* ---- comments, doctypes and the like ---- */

/* Up to the next '>'. */
static void read_bogus_comment(struct html_tokenizer *z, struct html_token *t, char *from)
{
    char *close = memchr(from, '>', (size_t)(z->end - from));
    char *end = close ? close : z->end;
    *t = (struct html_token){.type = TOKEN_COMMENT, .data = piece(from, end)};
    z->at = close ? close + 1 : z->end;
}

/* Where a comment that the page's end cuts off ends: without the dashes of a beginning end. */
static const char *trim_cut_comment(const char *from, const char *end)
{
    struct str s = piece(from, end);
    return end - (str_ends(s, "--!") ? 3 : str_ends(s, "--") ? 2 : str_ends(s, "-") ? 1 : 0);
}

/* After "<!--": up to "-->" or "--!>"; "<!-->" and "<!--->" are empty. */
static void read_comment(struct html_tokenizer *z, struct html_token *t, char *from)
{
    int dashes = 0;
    bool is_beginning = true;
    const char *end = NULL;
    char *p = from;
    while (p < z->end && !end) {
        char c = *p++;
        if (c == '-') {
            dashes++;
            continue;
        }
        if (c == '>' && (dashes >= 2 || is_beginning)) {
            end = p - 3;
        } else if (c == '!' && dashes >= 2 && p < z->end) {
            c = *p++;
            if (c == '>')
                end = p - 4;
        }
        is_beginning = false;
        dashes = c == '-' ? 1 : 0;
    }
    if (!end)
        end = trim_cut_comment(from, p);
    *t = (struct html_token){.type = TOKEN_COMMENT, .data = piece(from, end < from ? from : end)};
    z->at = p;
}

static bool has_word(const struct html_tokenizer *z, const char *p, const char *word, bool ignores)
{
    size_t len = strlen(word);
    if ((size_t)(z->end - p) < len)
        return false;
    return ignores ? str_ieqs((struct str){p, len}, word) : memcmp(p, word, len) == 0;
}

static void read_cdata(struct html_tokenizer *z, struct html_token *t, char *from)
{
    char *close = memmem(from, (size_t)(z->end - from), "]]>", 3);
    char *end = close ? close : z->end;
    *t = (struct html_token){.type = TOKEN_TEXT, .data = clean(z, piece(from, end), true, false)};
    z->at = close ? close + 3 : z->end;
}

/* After "<!". */
static void read_declaration(struct html_tokenizer *z, struct html_token *t, char *p)
{
    if (has_word(z, p, "--", false)) {
        read_comment(z, t, p + 2);
    } else if (has_word(z, p, "doctype", true)) {
        read_bogus_comment(z, t, skip_space(z, p + 7));
        t->type = TOKEN_DOCTYPE;
    } else if (z->allows_cdata && has_word(z, p, "[CDATA[", false)) {
        read_cdata(z, t, p + 7);
        return;
    } else {
        read_bogus_comment(z, t, p);
    }
    /* Go resolves character references here, too. */
    t->data = clean(z, t->data, t->type == TOKEN_COMMENT, false);
}

/* ---- text whose end only a certain tag is ---- */

/* Is "</name" at p, and then the name's end? */
static bool is_end_tag(const struct html_tokenizer *z, const char *p, struct str name)
{
    size_t left = (size_t)(z->end - p);
    if (left < name.len + 3 || p[0] != '<' || p[1] != '/')
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (ascii_lower(p[2 + i]) != name.p[i])
            return false;
    char c = p[2 + name.len];
    return html_is_space(c) || c == '/' || c == '>';
}

static char *find_end_tag(const struct html_tokenizer *z, struct str name)
{
    char *p = z->at;
    while (p < z->end && (p = memchr(p, '<', (size_t)(z->end - p))) != NULL) {
        if (is_end_tag(z, p, name))
            return p;
        p++;
    }
    return z->end;
}

/* Is the word "script" at p, and then its end? */
static bool is_script_word(const struct html_tokenizer *z, const char *p)
{
    if (!has_word(z, p, "script", true) || z->end - p < 7)
        return false;
    return html_is_space(p[6]) || p[6] == '/' || p[6] == '>';
}

/* In a script a comment may hold "<script>" and then also "</script>", which is no end. */
static char *find_script_end(const struct html_tokenizer *z)
{
    enum { PLAIN, ESCAPED, DOUBLE_ESCAPED } state = PLAIN;
    struct str name = STR("script");
    int dashes = 0; /* just before p, in a comment */
    char *p = z->at;
    while (p < z->end) {
        if (state == PLAIN) {
            p = memchr(p, '<', (size_t)(z->end - p));
            if (!p || is_end_tag(z, p, name))
                return p ? p : z->end;
            if (has_word(z, p, "<!--", false)) {
                state = ESCAPED;
                dashes = 2;
                p += 4;
            } else {
                p++;
            }
            continue;
        }
        char c = *p;
        if (c == '-') {
            dashes++;
            p++;
            continue;
        }
        if (c == '>' && dashes >= 2) {
            state = PLAIN;
        } else if (c == '<' && state == ESCAPED) {
            if (is_end_tag(z, p, name))
                return p;
            if (p + 1 < z->end && ascii_is_alpha(p[1])) {
                state = is_script_word(z, p + 1) ? DOUBLE_ESCAPED : ESCAPED;
                p += state == DOUBLE_ESCAPED ? 7 : 0;
            } else if (p + 1 < z->end && p[1] != '/') {
                state = PLAIN; /* as in Go; the standard stays in the comment */
            }
        } else if (c == '<' && is_end_tag(z, p, name)) {
            state = ESCAPED;
            p += 8;
        }
        dashes = 0;
        p++;
    }
    return z->end;
}

/* The text after a start tag like <script>. False: there is none. */
static bool read_raw_text(struct html_tokenizer *z, struct html_token *t)
{
    char *from = z->at, *end;
    enum html_tag tag = z->raw;
    z->raw = TAG_NONE;
    if (tag == TAG_PLAINTEXT)
        end = z->end;
    else
        end = tag == TAG_SCRIPT ? find_script_end(z) : find_end_tag(z, html_tag_name(tag));
    if (end == from)
        return false;
    struct str text = normalize(z, piece(from, end), true);
    if (html_tag_facts(tag) & TAG_IS_RCDATA)
        text = decode(z, text, false);
    *t = (struct html_token){.type = TOKEN_TEXT, .data = text};
    z->at = end;
    return true;
}

/* ---- all together ---- */

/* The next '<' that begins something else than text, from p on. */
static char *find_markup(const struct html_tokenizer *z, char *p)
{
    while (p < z->end && (p = memchr(p, '<', (size_t)(z->end - p))) != NULL) {
        if (p + 1 == z->end)
            return z->end;
        char c = p[1];
        if (ascii_is_alpha(c) || c == '!' || c == '?' || c == '/')
            return p;
        p++;
    }
    return z->end;
}

static void read_end_tag(struct html_tokenizer *z, struct html_token *t, char *p)
{
    if (ascii_is_alpha(*p)) {
        read_tag(z, t, p, false);
        return;
    }
    read_bogus_comment(z, t, p); /* also "</>", an empty one */
    t->data = clean(z, t->data, true, false);
}

void html_tokenizer_next(struct html_tokenizer *z, struct html_token *t)
{
    if (z->raw != TAG_NONE && read_raw_text(z, t))
        return;
    char *from = z->at, *p = find_markup(z, from);
    if (p == from && z->end - p == 2 && p[1] == '/')
        p = z->end; /* "</" at the very end is a text of its own */
    if (p > from) {
        z->at = p;
        *t = (struct html_token){.type = TOKEN_TEXT};
        t->data = clean(z, piece(from, p), false, false);
    } else if (p == z->end) {
        *t = (struct html_token){.type = TOKEN_EOF};
    } else if (p[1] == '/') {
        read_end_tag(z, t, p + 2);
    } else if (p[1] == '!') {
        read_declaration(z, t, p + 2);
    } else if (p[1] == '?') {
        read_bogus_comment(z, t, p + 1);
        t->data = clean(z, t->data, true, false);
    } else {
        read_tag(z, t, p + 1, true);
    }
}
