/* function_source.h - String(f) gives the text of a script's function, though the VUs keep none of it:
 * the file is compiled again when a script asks. Inside the engine. */
#ifndef C6_FUNCTION_SOURCE_H
#define C6_FUNCTION_SOURCE_H

#include <quickjs.h>

/* For a fresh context, before script runs in it. */
void function_source_add(JSContext *ctx);

#endif
