/* packed_value.h - packed data (packed.h) as frozen JavaScript values. Inside the engine; runs no
 * script. */
#ifndef C6_PACKED_VALUE_H
#define C6_PACKED_VALUE_H

#include <stdint.h>

#include <quickjs.h>

#include "base/str.h"

/* The atoms of an array's keys in one runtime, made as they are met. */
struct packed_atoms {
    const struct shared_array *of; /* borrowed */
    JSAtom *items;                 /* private; one for each key */
};
void packed_atoms_init(struct packed_atoms *a, const struct shared_array *of);
void packed_atoms_deinit(struct packed_atoms *a, JSRuntime *rt);

/* The value that begins at p, objects and lists frozen through and through. JS_EXCEPTION: out of
 * memory, or a SyntaxError for what is no JSON value. */
JSValue packed_value(JSContext *ctx, struct packed_atoms *atoms, const uint8_t *p);

#endif
