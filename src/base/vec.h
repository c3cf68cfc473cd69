/* vec.h - typed growable arrays as macros.
 *
 *     VEC(int) numbers = {0};
 *     VEC_PUSH(&numbers, 3);
 *     for (size_t i = 0; i < numbers.len; i++) use(numbers.items[i]);
 *     VEC_DEINIT(&numbers);          (frees the array, not what the items point to)
 */
#ifndef C6_VEC_H
#define C6_VEC_H

#include <stddef.h>
#include <string.h>

#include "base/mem.h"

#define VEC(type)    \
    struct {         \
        type *items; \
        size_t len;  \
        size_t cap;  \
    }

#define VEC_RESERVE(v, want)                                                             \
    do {                                                                                 \
        if ((v)->cap < (size_t)(want)) {                                                 \
            (v)->cap = (v)->cap * 2 < (size_t)(want) ? (size_t)(want) : (v)->cap * 2;    \
            if ((v)->cap < 4)                                                            \
                (v)->cap = 4;                                                            \
            (v)->items = mem_realloc((v)->items, (v)->cap * sizeof(*(v)->items));        \
        }                                                                                \
    } while (0)
#define VEC_PUSH(v, item)                     \
    do {                                      \
        VEC_RESERVE((v), (v)->len + 1);       \
        (v)->items[(v)->len++] = (item);      \
    } while (0)
#define VEC_POP(v) ((v)->items[--(v)->len])
#define VEC_LAST(v) ((v)->items[(v)->len - 1])
#define VEC_REMOVE(v, i)                                                                               \
    do {                                                                                               \
        memmove(&(v)->items[i], &(v)->items[(i) + 1], ((v)->len - (i) - 1) * sizeof(*(v)->items));     \
        (v)->len--;                                                                                    \
    } while (0)
#define VEC_CLEAR(v) ((void)((v)->len = 0))
#define VEC_DEINIT(v)           \
    do {                        \
        mem_free((v)->items);   \
        (v)->items = NULL;      \
        (v)->len = (v)->cap = 0; \
    } while (0)

#endif
