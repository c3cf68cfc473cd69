/* options_table.h - the one table of options: names in each source, type, place in struct options.
 * Adding an option is one field and one row. What is done with a row: options_read.c (from each
 * source), options_value.c (copy, print, forget). */
#ifndef C6_OPTIONS_TABLE_H
#define C6_OPTIONS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "options/options.h"

enum option_kind {
    OPT_BOOL,
    OPT_INT,
    OPT_NS,
    OPT_STR,
    OPT_STRS, /* a flag's value is a comma-separated line */
    OPT_LIST, /* a flag's value is one item */
    OPT_STAGES,
    OPT_SYSTEM_TAGS,
    OPT_TAGS,
    OPT_JSON, /* kept as JSON; check judges and normalises it */
};

enum option_scope {
    OPTION_TEST,   /* of the test: in all sources, shown to scripts */
    OPTION_CONFIG, /* of the program: unknown in a script's options, never shown; flags of `run` */
    OPTION_APART,  /* shown, but each source stands alone; flags of `run` */
};

struct option_row {
    const char *json; /* in options, config files, exec.test.options; NULL: not there */
    const char *env;  /* K6_...; NULL: none */
    const char *flag; /* without dashes; NULL: none */
    char short_flag;  /* 0: none */
    enum option_kind kind;
    enum option_scope scope;
    size_t offset;        /* in struct options */
    const char *arg;      /* the flag's argument as --help shows it; NULL for switches */
    const char *no_arg;   /* a flag whose argument may be left out: what it then is */
    const char *help;
    bool keeps_null;      /* OPT_JSON: null is a value, too */
    bool empty_is_unset;  /* an empty text is as good as none; else it is an empty list */
    /* OPT_JSON: may replace *v. */
    int (*check)(struct json **v, struct err *e);
    /* OPT_JSON from environment and flag; NULL: only JSON text. list_from_text: flags add up. */
    int (*from_text)(struct json **v, const char *text, struct err *e);
    /* OPT_STR: may replace *text. */
    int (*check_text)(char **text, struct err *e);
    int (*check_flag)(const char *text, struct err *e); /* OPT_STR: what a flag alone demands */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

/* Where a row's value lives. The first member of all of them is `bool set`. */
void *option_at(const struct options *o, const struct option_row *row);
int option_read_json(struct options *o, const struct option_row *row, const struct json *v,
                     struct err *e);
int option_read_text(struct options *o, const struct option_row *row, const char *text,
                     struct err *e); /* environment */
/* A flag's value; may be called several times for lists (they add up). */
int option_read_flag(struct options *o, const struct option_row *row, const char *text,
                     struct err *e);
struct json *option_to_json(const struct options *o, const struct option_row *row);
void option_copy(struct options *to, const struct options *from, const struct option_row *row);
void option_clear(struct options *o, const struct option_row *row);

#endif
