/* html_parse_fuzz.c - any bytes are a page: the tree's links must fit together, and what is written
 * of it must be a page again, unless it is refused. */
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "modules/html/html_render.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_links(const struct html_node *root)
{
    for (const struct html_node *n = root; n; n = html_node_after(n, root)) {
        CHECK((n->first == NULL) == (n->last == NULL));
        CHECK(!n->first || (n->first->parent == n && !n->first->prev));
        CHECK(!n->last || (n->last->parent == n && !n->last->next));
        CHECK(!n->next || (n->next->prev == n && n->next->parent == n->parent));
        CHECK(n->type == HTML_ELEMENT || n->type == HTML_DOCUMENT || !n->first);
        CHECK(n->tag == (n->type == HTML_ELEMENT ? html_tag_find(n->data) : TAG_NONE));
    }
}

static bool render(struct buf *out, const struct html_doc *d)
{
    return html_render(out, html_doc_root(d)) && !buf_failed(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct html_doc *d = NULL, *again = NULL;
    struct err e = {0};
    if (html_doc_parse(&d, (struct str){(const char *)data, size}, &e) < 0) {
        CHECK(e.msg != NULL);
        err_deinit(&e);
        return 0;
    }
    check_links(html_doc_root(d));
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    html_render_text(&text, html_doc_root(d));
    buf_clear(&text);
    if (render(&text, d) && html_doc_parse(&again, (struct str){text.data, text.len}, &e) == 0) {
        check_links(html_doc_root(again));
        html_doc_unref(again);
    }
    err_deinit(&e);
    buf_deinit(&text);
    html_doc_unref(d);
    return 0;
}
