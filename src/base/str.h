/* str.h - borrowed pieces of text (not terminated), and the small string work that everything needs. */
#ifndef C6_STR_H
#define C6_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
struct str str_of(const char *s); /* NULL gives an empty one */
bool str_eq(struct str a, struct str b);
bool str_eqs(struct str a, const char *b);
bool str_ieqs(struct str a, const char *b); /* ASCII case ignored */
int str_cmp(struct str a, struct str b);    /* by bytes, shorter first */
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
struct str str_trim(struct str s);          /* white space at both ends */
/* Position of c, or -1. */
ptrdiff_t str_find(struct str s, char c);
ptrdiff_t str_finds(struct str s, const char *what);
/* Cuts s at the first sep: true and both halves, or false with everything in *head and *tail empty. */
bool str_cut(struct str s, char sep, struct str *head, struct str *tail);
uint64_t str_hash(struct str s);            /* fast, for tables; seeded per process */

bool ascii_is_space(char c);
bool ascii_is_digit(char c);
bool ascii_is_alpha(char c);
char ascii_lower(char c);
int hex_value(char c); /* 0..15 or -1 */

/* Number of edits between two words (insert, delete, replace, swap): for "did you mean". */
int str_distance(const char *a, const char *b);
/* The candidate (NULL-terminated list) nearest to word if it is near enough, else NULL. */
const char *str_nearest(const char *word, const char *const *candidates);

/* UTF-8: decodes one code point of s at *pos, moves *pos; invalid bytes give 0xFFFD and one byte. */
uint32_t utf8_next(struct str s, size_t *pos);
int utf8_put(char out[4], uint32_t cp);  /* bytes written */
bool utf8_is_valid(struct str s);
int utf8_width(struct str s);            /* terminal columns */

#endif
