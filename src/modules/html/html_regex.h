/* html_regex.h - the regular expressions in selectors (":matches(...)", "[attr#=...]"): written in
 * Go's syntax, run by the JavaScript engine's matcher. Inside the engine. */
#ifndef C6_HTML_REGEX_H
#define C6_HTML_REGEX_H

#include <stdbool.h>

#include <quickjs.h>

#include "base/buf.h"
#include "base/str.h"

struct html_regex;

/* NULL: Go would not take it. ctx is kept: the expression may be used while it lives. */
struct html_regex *html_regex_new(JSContext *ctx, struct str pattern);
void html_regex_free(struct html_regex *re); /* NULL is fine */
/* Is there a match anywhere in text? 1, 0, or -1: interrupted, or out of memory. The VU may be made
 * to wait meanwhile, as in any long script. */
int html_regex_match(struct html_regex *re, struct str text);

/* The pattern in JavaScript's syntax (with flag u), for the tests. False: Go would not take it. */
bool html_regex_translate(struct buf *out, struct str pattern);

#endif
