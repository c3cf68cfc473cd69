/* mod_html.h - the module k6/html, and pages for k6/http. */
#ifndef C6_MOD_HTML_H
#define C6_MOD_HTML_H

#include <quickjs.h>

#include "base/str.h"
#include "js/js_module.h"

extern const struct js_module mod_html;

/* A page as a Selection of its document; url is where it came from ("" when it came from nowhere).
 * Throws when it is nested too deeply. Inside the engine. */
JSValue mod_html_parse(JSContext *ctx, struct str page, struct str url);
/* selection.find(selector). Takes selection. */
JSValue mod_html_select(JSContext *ctx, JSValue takes_selection, struct str selector);

/* For links and forms. The selection must be one of mod_html_parse or mod_html_select. */
uint32_t mod_html_size(JSValueConst selection);
/* The first node's attribute, lent as long as the selection; p NULL: it has none. */
struct str mod_html_first_attr(JSValueConst selection, const char *name);
JSValue mod_html_first_value(JSContext *ctx, JSValueConst selection);  /* val() */
JSValue mod_html_form_values(JSContext *ctx, JSValueConst selection); /* serializeObject() */

#endif
