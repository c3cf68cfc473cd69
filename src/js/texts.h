/* texts.h - texts of the language that scripts read or compare by, where k6's are not the engine's:
 * dates as text, the order of texts. Inside the engine. */
#ifndef C6_TEXTS_H
#define C6_TEXTS_H

#include <quickjs.h>

/* For a fresh context, before script runs in it. */
void texts_add_strings(JSContext *ctx);
/* When the context has just got Date. */
void texts_add_dates(JSContext *ctx);

#endif
