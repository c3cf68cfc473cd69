/* mod_html_goquery.h - between mod_html_goquery.c and mod_html_goquery_edit.c only. */
#ifndef C6_MOD_HTML_GOQUERY_H
#define C6_MOD_HTML_GOQUERY_H

#include "modules/html/mod_html_int.h"

/* The set, taken, as goquery's selection; NULL: what is pending, or memory ran out. */
JSValue mod_html_goquery_give(JSContext *ctx, const struct html_object *o, struct html_set *set);

html_method mod_html_goquery_remove, mod_html_goquery_remove_filtered, mod_html_goquery_empty,
    mod_html_goquery_set_text, mod_html_goquery_set_attr, mod_html_goquery_remove_attr,
    mod_html_goquery_has_class, mod_html_goquery_add_class, mod_html_goquery_remove_class,
    mod_html_goquery_toggle_class;

#endif
