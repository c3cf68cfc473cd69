/* html_selector.h - CSS selectors, as k6 (goquery, cascadia) knows them: those of CSS 3, and
 * [a!=b], [a#=regexp], :contains, :containsOwn, :matches, :matchesOwn, :has, :haschild, :input.
 * Inside the engine, which runs the regular expressions; nothing else in it knows JavaScript. */
#ifndef C6_HTML_SELECTOR_H
#define C6_HTML_SELECTOR_H

#include <quickjs.h>

#include "modules/html/html_doc.h"

struct html_selector;

/* NULL: it is no selector, or of a kind that is not known; k6 then finds nothing and says nothing.
 * text is borrowed for the call. ctx NULL: regular expressions are not known. */
struct html_selector *html_selector_parse(JSContext *ctx, struct str text);
void html_selector_free(struct html_selector *s); /* NULL is fine */
/* Does the node match? Some selectors match texts and comments, too, as in k6. NULL matches
 * nothing. */
bool html_selector_match(struct html_selector *s, const struct html_node *n);
/* A regular expression was interrupted: what came out is not to be used, and the script must end
 * (pod_throw_interrupt). */
bool html_selector_was_interrupted(const struct html_selector *s);

#endif
