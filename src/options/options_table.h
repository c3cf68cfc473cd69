/* options_table.h - the one table of options: names in each source, type, place in struct options.
 * Adding an option is one field and one row. */
#ifndef C6_OPTIONS_TABLE_H
#define C6_OPTIONS_TABLE_H

#include <stddef.h>

#include "base/err.h"
#include "base/json.h"
#include "options/options.h"

enum option_kind {
    OPT_BOOL,
    OPT_INT,
    OPT_NS,
    OPT_STR,
    OPT_STRS,
    OPT_STAGES,
    OPT_SYSTEM_TAGS,
    OPT_TAGS,
    OPT_JSON, /* kept as JSON; check judges and normalises it */
};

struct option_row {
    const char *json; /* in options, config files, exec.test.options; NULL: not there */
    const char *env;  /* K6_...; NULL: none */
    const char *flag; /* without dashes; NULL: none */
    char short_flag;  /* 0: none */
    enum option_kind kind;
    size_t offset;      /* in struct options */
    const char *arg;    /* the flag's argument as --help shows it; NULL for switches */
    const char *no_arg; /* a flag whose argument may be left out: what it then is */
    const char *help;
    int (*check)(struct json **v, struct err *e); /* OPT_JSON: may replace *v */
    int (*from_text)(struct json **v, const char *text,
                     struct err *e); /* OPT_JSON: from environment and flag; NULL: only JSON text */
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
