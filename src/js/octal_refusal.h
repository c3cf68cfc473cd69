/* octal_refusal.h - whether the engine refused a text because of an octal escape in a string; see
 * octal_escapes.h. Inside the engine. */
#ifndef C6_OCTAL_REFUSAL_H
#define C6_OCTAL_REFUSAL_H

#include <stdbool.h>

#include <quickjs.h>

/* The pending exception says so: true, and where the string begins. It stays pending in any case.
 */
bool octal_refusal(JSContext *ctx, int *line, int *column);

#endif
