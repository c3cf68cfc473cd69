/* html_doc.c - see html_doc.h: the document's memory and its tree. All walking goes along the
 * nodes' own links, never by recursion: how deep a page is nested is up to its server.
 * Tests: html_doc_test.c */
#include "modules/html/html_doc.h"

#include <string.h>

#include "base/mem.h"
#include "modules/html/html_int.h"

enum {
    CHUNK_FIRST = 4 << 10,
    CHUNK_MAX = 256 << 10,
    ALIGNMENT = 8,
    COLLECT_MIN = 8 << 20, /* bytes of pages before the first collection */
    HELD_MAX = 512 << 20,  /* of one VU */
};

struct chunk {
    struct chunk *next;
};

struct html_doc {
    struct html_node *root;
    /* Joined documents have one of them that holds the memory and the count of all; only root is
     * each one's own then. */
    struct html_doc *holder; /* NULL: itself */
    struct html_doc *next;   /* of those that it holds */
    int refs;
    struct chunk *chunks;
    char *at, *end;    /* free part of the newest chunk */
    size_t chunk_size; /* of the next one */
    size_t used;
    uint32_t last_mark;
    struct html_account *account; /* held; each one's own, as is charged */
    size_t charged;
};

static struct html_doc *holder_of(const struct html_doc *d)
{
    while (d->holder)
        d = d->holder;
    return (struct html_doc *)d;
}

struct html_doc *html_doc_new(void)
{
    struct html_doc *d = MEM_NEW(struct html_doc);
    d->refs = 1;
    d->chunk_size = CHUNK_FIRST;
    d->root = html_node_new(d, HTML_DOCUMENT, STR(""));
    return d;
}

struct html_doc *html_doc_ref(struct html_doc *d)
{
    holder_of(d)->refs++;
    return d;
}

void html_doc_unref(struct html_doc *d)
{
    if (!d || --(d = holder_of(d))->refs > 0)
        return;
    for (struct chunk *c = d->chunks, *next; c; c = next) {
        next = c->next;
        mem_free(c);
    }
    for (struct html_doc *next; d; d = next) {
        next = d->next;
        if (d->account)
            d->account->held -= d->charged;
        html_account_unref(d->account);
        mem_free(d);
    }
}

struct html_account *html_account_new(void)
{
    struct html_account *a = MEM_NEW(struct html_account);
    a->refs = 1;
    a->collect_at = COLLECT_MIN;
    return a;
}

bool html_account_is_high(const struct html_account *a)
{
    return a->held > a->collect_at;
}

bool html_account_settle(struct html_account *a)
{
    a->collect_at = a->held > HELD_MAX / 2      ? HELD_MAX
                    : a->held > COLLECT_MIN / 2 ? a->held * 2
                                                : COLLECT_MIN;
    return a->held <= HELD_MAX;
}

void html_account_unref(struct html_account *a)
{
    if (a && --a->refs == 0)
        mem_free(a);
}

void html_doc_charge(struct html_doc *d, struct html_account *a)
{
    a->refs++;
    d->account = a;
    d->charged = html_doc_used(d);
    a->held += d->charged;
}

void html_doc_join(struct html_doc *a, struct html_doc *b)
{
    a = holder_of(a);
    b = holder_of(b);
    if (a == b)
        return;
    b->holder = a;
    a->refs += b->refs;
    a->used += b->used;
    if (a->last_mark < b->last_mark)
        a->last_mark = b->last_mark;
    struct chunk **chunks = &a->chunks;
    while (*chunks)
        chunks = &(*chunks)->next;
    *chunks = b->chunks;
    struct html_doc *last = b;
    while (last->next)
        last = last->next;
    last->next = a->next;
    a->next = b;
}

bool html_doc_is_joined(const struct html_doc *a, const struct html_doc *b)
{
    return holder_of(a) == holder_of(b);
}

struct html_node *html_doc_root(const struct html_doc *d)
{
    return d->root;
}

size_t html_doc_used(const struct html_doc *d)
{
    return holder_of(d)->used;
}

static size_t round_up(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* Behind the newest chunk, so that what is free in that one stays in use. */
static void *add_chunk(struct html_doc *d, struct chunk *c)
{
    if (!c)
        return NULL;
    if (d->chunks) {
        c->next = d->chunks->next;
        d->chunks->next = c;
    } else {
        c->next = NULL;
        d->chunks = c;
    }
    return c + 1;
}

void *html_doc_alloc(struct html_doc *d, size_t size)
{
    d = holder_of(d);
    size = round_up(size);
    d->used += size;
    if (size > (size_t)(d->end - d->at)) {
        if (size > d->chunk_size / 4)
            return add_chunk(d, mem_alloc(sizeof(struct chunk) + size));
        struct chunk *c = mem_alloc(sizeof *c + d->chunk_size);
        c->next = d->chunks;
        d->chunks = c;
        d->at = (char *)(c + 1);
        d->end = d->at + d->chunk_size;
        if (d->chunk_size < CHUNK_MAX)
            d->chunk_size *= 2;
    }
    void *p = d->at;
    d->at += size;
    return p;
}

char *html_doc_try_alloc(struct html_doc *d, size_t size)
{
    if (size <= CHUNK_FIRST / 4)
        return html_doc_alloc(d, size);
    if (size > SIZE_MAX / 2)
        return NULL;
    d = holder_of(d);
    char *p = add_chunk(d, mem_try_alloc(sizeof(struct chunk) + size));
    if (p)
        d->used += round_up(size);
    return p;
}

uint32_t html_doc_new_mark(struct html_doc *d)
{
    d = holder_of(d);
    if (++d->last_mark > 0)
        return d->last_mark;
    /* After four thousand million passes. */
    for (const struct html_doc *each = d; each; each = each->next)
        for (struct html_node *n = each->root; n; n = html_node_after(n, each->root))
            n->mark = n->member = 0;
    return d->last_mark = 1;
}

/* ---- nodes ---- */

struct html_node *html_node_new(struct html_doc *d, enum html_type type, struct str data)
{
    struct html_node *n = html_doc_alloc(d, sizeof *n);
    *n = (struct html_node){.data = data, .type = (uint8_t)type};
    return n;
}

struct html_node *html_node_clone(struct html_doc *d, const struct html_node *n)
{
    struct html_node *copy = html_node_new(d, (enum html_type)n->type, n->data);
    copy->tag = n->tag;
    copy->attrs = n->attrs;
    copy->attr_count = n->attr_count;
    return copy;
}

void html_node_insert(struct html_node *parent, struct html_node *child, struct html_node *before)
{
    struct html_node *prev = before ? before->prev : parent->last;
    child->parent = parent;
    child->prev = prev;
    child->next = before;
    if (prev)
        prev->next = child;
    else
        parent->first = child;
    if (before)
        before->prev = child;
    else
        parent->last = child;
}

void html_node_append(struct html_node *parent, struct html_node *child)
{
    html_node_insert(parent, child, NULL);
}

void html_node_remove(struct html_node *n)
{
    if (!n->parent)
        return;
    if (n->prev)
        n->prev->next = n->next;
    else
        n->parent->first = n->next;
    if (n->next)
        n->next->prev = n->prev;
    else
        n->parent->last = n->prev;
    n->parent = n->prev = n->next = NULL;
}

bool html_node_add_text(struct html_doc *d, struct html_node *n, struct str text)
{
    /* Pieces that lie side by side in the page are one already. */
    if (n->data.p + n->data.len == text.p) {
        n->data.len += text.len;
        return true;
    }
    size_t len = n->data.len + text.len;
    if (len > n->text_cap) {
        size_t cap = len * 2 < UINT32_MAX ? len * 2 : len;
        char *grown = cap <= UINT32_MAX ? html_doc_try_alloc(d, cap) : NULL;
        if (!grown)
            return false;
        memcpy(grown, n->data.p, n->data.len);
        n->data.p = grown;
        n->text_cap = (uint32_t)cap;
    }
    memcpy((char *)n->data.p + n->data.len, text.p, text.len);
    n->data.len = len;
    return true;
}

const struct html_attr *html_node_attr(const struct html_node *n, struct str key)
{
    for (uint32_t i = 0; i < n->attr_count; i++)
        if (str_eq(n->attrs[i].key, key))
            return &n->attrs[i];
    return NULL;
}

struct html_node *html_node_after_all(const struct html_node *n, const struct html_node *root)
{
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

struct html_node *html_node_after(const struct html_node *n, const struct html_node *root)
{
    return n->first ? n->first : html_node_after_all(n, root);
}

bool html_node_is_integration_point(const struct html_node *n)
{
    if (n->type != HTML_ELEMENT)
        return false;
    if (n->space == SPACE_SVG)
        return n->tag == TAG_DESC || n->tag == TAG_FOREIGNOBJECT || n->tag == TAG_TITLE;
    if (n->space != SPACE_MATH || n->tag != TAG_ANNOTATION_XML)
        return false;
    for (uint32_t i = 0; i < n->attr_count; i++)
        if (str_eqs(n->attrs[i].key, "encoding") &&
            (str_ieqs(n->attrs[i].value, "text/html") ||
             str_ieqs(n->attrs[i].value, "application/xhtml+xml")))
            return true;
    return false;
}
