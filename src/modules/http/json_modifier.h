/* json_modifier.h - the modifiers of the path language of json_selector.h that need no path:
 * @reverse, @keys, @flatten... Works on valid JSON text; knows no JavaScript. Tests:
 * json_selector_test.c */
#ifndef C6_JSON_MODIFIER_H
#define C6_JSON_MODIFIER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

bool json_modifier_exists(struct str name); /* without the '@' */
/* Appends the changed value, which is JSON again. arg: what stood behind the colon, or empty.
 * False: no value comes of it. */
bool json_modifier_apply(struct str name, struct buf *out, struct str json, struct str arg);

#endif
