/* refusal.h - what the engine says of a text that it does not compile. Inside the engine; the
 * pending exception stays pending. */
#ifndef C6_REFUSAL_H
#define C6_REFUSAL_H

#include <stdbool.h>

#include <quickjs.h>

/* The text was refused because of an octal escape in a string (see octal_escapes.h): true, and where
 * the string begins. */
bool refusal_is_octal(JSContext *ctx, int *line, int *column);

/* "file:///a.js: Line 3:7 the engine's words", as k6 tells it of a module that is required. Fresh,
 * the caller's to mem_free; NULL when the pending exception is no error with a place. */
char *refusal_text(JSContext *ctx, const char *url);

#endif
