/* json_path.h - how a path of json() (gjson's language) is cut into components, and how a pattern
 * matches. Knows no JSON. For json_selector.c and json_query.c. Everything points into the path. */
#ifndef C6_JSON_PATH_H
#define C6_JSON_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum json_step_end { END_OF_PATH, END_DOT, END_PIPE };

struct json_step {
    struct str part; /* as written, escapes and all */
    bool is_pattern; /* holds * or ? */
    enum json_step_end end;
    struct str rest;
};

/* The component at the start of p. */
struct json_step json_path_take(struct str p);
/* Fills end and rest with what follows index i of p, which is at '.', '|' or the end. */
void json_path_finish(struct json_step *st, struct str p, size_t i);
/* A backslash that escapes nothing, at the path's end, is none. */
void json_path_drop_escape(struct json_step *st);

static inline struct str json_path_tail(struct str p, size_t from)
{
    return from < p.len ? (struct str){p.p + from, p.len - from} : (struct str){p.p + p.len, 0};
}

static inline struct str json_path_head(struct str p, size_t len)
{
    return (struct str){p.p, len};
}

/* Skips a quoted text in a path; i is at the quote. Returns the index behind it. */
size_t json_path_skip_quoted(struct str p, size_t i);
/* i is at an opening bracket of any kind: returns the index behind its closing one; the path's
 * length, and false in *closes, when there is none. */
size_t json_path_find_closing(struct str p, size_t i, bool *closes);
size_t json_path_skip_brackets(struct str p, size_t i);
/* The place of the first pipe that stands outside of brackets and quotes, or p.len. */
size_t json_path_find_pipe(struct str p);
/* Is name, without its @, a modifier's? */
bool json_path_is_modifier(struct str name);
/* Does text match, with '*' for any bytes and '?' for one character? Linear but for going back to
 * the last star. */
bool json_path_matches(struct str text, struct str pattern);

#endif
