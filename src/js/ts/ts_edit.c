/* ts_edit.c - what becomes of the source: parts blanked, text put in. Blanked parts keep their line
 * breaks and their width. Tests: typescript_test.c */
#include "js/ts/ts_int.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/buf.h"

static void add(struct ts *p, uint32_t start, uint32_t end, const char *text)
{
    if (p->failed)
        return;
    struct ts_edit e = {start, end, text, (uint32_t)p->edits.len};
    VEC_PUSH(&p->edits, e);
}

void ts_erase(struct ts *p, uint32_t start, uint32_t end)
{
    if (end <= start)
        return;
    add(p, start, end, NULL);
    p->erased_end = end;
}

void ts_insert(struct ts *p, uint32_t at, const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;
    va_start(ap, fmt);
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    buf_vaddf(&b, fmt, ap);
    va_end(ap);
    text = arena_strndup(p->arena, b.data, b.len);
    buf_deinit(&b);
    add(p, at, at, text);
}

void ts_replace(struct ts *p, uint32_t start, uint32_t end, const char *text)
{
    add(p, start, start, arena_strdup(p->arena, text));
    add(p, start, end, NULL);
}

void ts_erase_whole(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    if (p->failed || p->prev_end <= start)
        return;
    p->edits.len = since->edits;
    p->refs.len = since->refs;
    add(p, start, start + 1, ";");
    ts_erase(p, start + 1, p->prev_end);
    p->erased_end = p->whole_end = p->prev_end;
}

void ts_end_statement(struct ts *p)
{
    if (ts_take(p, ';') || p->tok.kind == '}' || p->tok.kind == TS_EOF)
        return;
    if (!p->tok.after_line) {
        ts_expect(p, ';');
        return;
    }
    /* The line ended the statement because a type stood there; without it the next line, "(x)" or
     * "[x]", might be taken for its continuation. */
    if (p->erased_end == p->prev_end)
        ts_insert(p, p->prev_end, ";");
}

/* ---- the output ---- */

static int compare(const void *a, const void *b)
{
    const struct ts_edit *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if ((x->text == NULL) != (y->text == NULL)) /* text stands before what is blanked */
        return x->text != NULL ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void put_blank(struct buf *out, const char *s, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        bool is_wide_break = c == 0xE2 && i + 2 < len && (unsigned char)s[i + 1] == 0x80 &&
                             ((unsigned char)s[i + 2] | 1) == 0xA9;
        if (is_wide_break) {
            buf_add(out, s + i, 3);
            i += 2;
        } else if (c == '\n' || c == '\r') {
            buf_addc(out, (char)c);
        } else if ((c & 0xC0) != 0x80) { /* a code point is one column */
            buf_addc(out, ' ');
        }
    }
}

char *ts_apply(struct ts *p, size_t *len)
{
    struct buf out;
    uint32_t at = 0;
    buf_init(&out, BUF_NO_LIMIT);
    buf_reserve(&out, p->len + 64);
    if (p->edits.len > 0)
        qsort(p->edits.items, p->edits.len, sizeof *p->edits.items, compare);
    for (size_t i = 0; i < p->edits.len; i++) {
        const struct ts_edit *e = &p->edits.items[i];
        if (e->start > at) {
            buf_add(&out, p->src + at, e->start - at);
            at = e->start;
        }
        if (e->text != NULL) {
            if (e->start >= at) /* else inside a part that is gone */
                buf_adds(&out, e->text);
            if (e->end > at)
                at = e->end;
        } else if (e->end > at) {
            put_blank(&out, p->src + at, e->end - at);
            at = e->end;
        }
    }
    buf_add(&out, p->src + at, p->len - at);
    *len = out.len;
    return buf_take(&out);
}
