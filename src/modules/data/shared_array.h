/* shared_array.h - the data of SharedArrays: made once a test, then read by all VUs of all workers
 * without a lock. Elements are kept packed (packed.h), one after another, with a table of where
 * each begins. Knows no engine.
 *
 * A store belongs to a test. A name is claimed, its data built, then published; from then on it
 * stays as it is until the store is freed. */
#ifndef C6_SHARED_ARRAY_H
#define C6_SHARED_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct shared_array;

/* ---- building; one thread ---- */

struct shared_array_builder;
struct shared_array_builder *shared_array_builder_new(void);
void shared_array_builder_free(struct shared_array_builder *b);
/* One more element. Errors as packed_put's. */
int shared_array_add_json(struct shared_array_builder *b, struct str json, struct err *e);
int shared_array_add_invalid(struct shared_array_builder *b);
struct shared_array *shared_array_finish(struct shared_array_builder *takes);

/* ---- reading; any thread ---- */

size_t shared_array_len(const struct shared_array *a);
const uint8_t *shared_array_at(const struct shared_array *a, size_t i); /* packed; i < len */
uint32_t shared_array_key_count(const struct shared_array *a);
struct str shared_array_key(const struct shared_array *a, uint32_t place);
size_t shared_array_memory(const struct shared_array *a); /* bytes held */
void shared_array_free(struct shared_array *a);           /* one that no store took */

/* ---- the store; any thread ---- */

struct shared_array_store;
struct shared_array_store *shared_array_store_new(void);
void shared_array_store_free(struct shared_array_store *s); /* after the last reader */

enum shared_array_claim {
    SHARED_ARRAY_FOUND, /* *out is it */
    SHARED_ARRAY_YOURS, /* nobody has made it: build it, then publish or drop */
    SHARED_ARRAY_MINE,  /* this owner is making it already, further up */
    SHARED_ARRAY_WAIT,  /* another one is making it: ask again later */
};
/* owner tells makers apart; it is never followed. */
enum shared_array_claim shared_array_claim(struct shared_array_store *s, struct str name,
                                           const void *owner, const struct shared_array **out);
/* The claimed name's data; lent back for reading. */
const struct shared_array *shared_array_publish(struct shared_array_store *s, struct str name,
                                                struct shared_array *takes);
void shared_array_drop(struct shared_array_store *s, struct str name); /* it could not be made */

#endif
