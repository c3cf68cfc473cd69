/* json_text.h - JSON as bytes: is it valid and where is it not, and stepping through it without
 * building anything. Knows no JavaScript. Used by response.json() for its errors and by
 * json_selector.c. */
#ifndef C6_JSON_TEXT_H
#define C6_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

/* Is text one JSON value (RFC 8259), white space around it? If not, and why is not NULL, *offset is
 * how many bytes were read, the offending one included (as Go's encoding/json counts), and the
 * reason is appended in Go's words. */
bool json_text_is_valid(struct str text, size_t *offset, struct buf *why);

/* The rest is for valid JSON; on anything else it stays inside the text and gives nonsense. */

/* Steps over white space. */
struct str json_text_trim(struct str s);
/* Cuts the value off the front of s, which starts with it after white space. False at the end of
 * the text. */
bool json_text_take_value(struct str *s, struct str *value);

/* Walks an object or array: start with its text, then call next until it is false. key is the raw
 * text with quotes, empty in arrays. */
struct json_walk {
    struct str rest; /* private */
    bool is_object;
};
bool json_walk_begin(struct json_walk *w, struct str container); /* false when it is neither */
bool json_walk_next(struct json_walk *w, struct str *key, struct str *value);

/* Escapes of halves of a surrogate pair that stand alone become those of U+FFFD, as Go reads them:
 * the whole text is appended. False, and nothing appended: there are none. */
bool json_text_mend(struct buf *out, struct str text);

/* The text of a string value ("..."), escapes resolved; lone surrogates become U+FFFD. */
void json_text_unquote(struct buf *out, struct str quoted);

#endif
