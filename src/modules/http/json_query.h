/* json_query.h - what stands in #(...) of a path of json(): read, and asked of a value. Finds no value
 * itself: that is json_selector.c's. Everything points into the path. */
#ifndef C6_JSON_QUERY_H
#define C6_JSON_QUERY_H

#include <stdbool.h>

#include "base/str.h"

enum json_query_op {
    QUERY_EXISTS,
    QUERY_EQ,
    QUERY_NE,
    QUERY_LT,
    QUERY_LE,
    QUERY_GT,
    QUERY_GE,
    QUERY_LIKE,
    QUERY_UNLIKE
};

struct json_query {
    struct str path; /* empty: the element itself */
    enum json_query_op op;
    struct str value; /* as written, quotes and all */
    bool wants_all;   /* #(...)# */
};

/* text: what stands between the parentheses. */
struct json_query json_query_parse(struct str text);
/* value: what q->path leads to in the element (raw JSON), or the element. exists: there is such a
 * thing. */
bool json_query_holds(const struct json_query *q, bool exists, bool is_container, struct str value);

#endif
