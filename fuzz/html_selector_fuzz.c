/* html_selector_fuzz.c - a selector (the first line) on a page (the rest): it is taken or refused,
 * and what it finds is found in sets, too. As a regular expression it becomes another one or none.
 */
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "modules/html/html_query.h"
#include "modules/html/html_regex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(struct html_set *found, struct html_selector *sel)
{
    for (int step = STEP_CHILDREN; step <= STEP_PREV_ALL; step++) {
        struct html_until until = {sel, NULL};
        struct html_set *all = html_query_step(found, (enum html_step)step, NULL, false, NULL);
        struct html_set *some = html_query_step(found, (enum html_step)step, &until, true, sel);
        CHECK(some->count <= all->count);
        html_set_unref(all);
        html_set_unref(some);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text, page;
    struct html_doc *d = NULL;
    if (!str_cut((struct str){(const char *)data, size}, '\n', &text, &page) || text.len > 512)
        return 0;
    struct buf other;
    buf_init(&other, BUF_NO_LIMIT);
    html_regex_translate(&other, text);
    buf_deinit(&other);
    struct html_selector *sel = html_selector_parse(NULL, text);
    if (!sel || page.len > 1024 || html_doc_parse(&d, page, NULL) < 0) {
        html_selector_free(sel);
        return 0;
    }
    struct html_set *root = html_set_of(d, html_doc_root(d), NULL);
    struct html_set *found = html_query_find(root, sel);
    struct html_set *kept = html_query_filter(found, sel, true);
    struct html_set *first = html_query_find_first(root, sel);
    struct html_set *closest = html_query_closest(found, sel);
    CHECK(kept->count == found->count && closest->count == found->count);
    CHECK((first->count > 0) == (found->count > 0));
    CHECK(html_query_is(found, sel) == (found->count > 0));
    walk(found, sel);
    html_set_unref(closest);
    html_set_unref(first);
    html_set_unref(kept);
    html_set_unref(found);
    html_set_unref(root);
    html_selector_free(sel);
    html_doc_unref(d);
    return 0;
}
