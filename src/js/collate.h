/* collate.h - which of two texts comes first in a list that people read: String.localeCompare. The
 * order of the Unicode Collation Algorithm without a language's rules, as k6 has it, for the Latin,
 * Greek, Cyrillic and Hebrew scripts and for punctuation; others in the order of their code points,
 * behind. Pure: no engine, any thread. */
#ifndef C6_COLLATE_H
#define C6_COLLATE_H

#include <stddef.h>
#include <stdint.h>

struct collate_text {
    const uint32_t *p; /* code points, fully decomposed (NFD) */
    size_t len;
};

/* -1, 0, 1. */
int collate_compare(struct collate_text a, struct collate_text b);

#endif
