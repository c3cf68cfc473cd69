/* output.h - what every output implements (json, csv, ...), and the one table of them
 * (output_table.c). Adding one = one file + one row.
 *
 * An output lives on a thread of its own (fanout.h) and may block there: take, flush and close are
 * called on that thread, one at a time; open is called on the main thread. Knows no scheduler, no
 * script. */
#ifndef C6_OUTPUT_H
#define C6_OUTPUT_H

#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "base/log.h"
#include "metrics/metrics_engine.h"
#include "metrics/sample.h"

/* What outputs are opened with. What the pointers lead to is borrowed until the output is closed. */
struct output_params {
    const char *
        argument; /* behind the "=" of --out json=x; NULL when there is none. Set by output_open. */
    const struct json *config; /* the config file's object "collectors", or NULL */
    const char *(*get_env)(void *opaque, const char *name); /* NULL: no environment */
    void *env_opaque;
    struct logger *logger;
    int stdout_fd;
    uint32_t system_tags;                      /* those that are on */
    const struct threshold_config *thresholds; /* options.thresholds, also with --no-thresholds */
    size_t threshold_count;
};

struct output_type;

/* The part that all outputs have; each embeds it as its first member. */
struct output {
    const struct output_type *type;
    struct logger *logger;
    char *description; /* for the run's header: "json (points.json)"; owned */
    int64_t
        flush_interval_ns; /* flush is called this long after the first batch that is not flushed */
};

struct output_type {
    const char *name;
    int (*open)(struct output **out, const struct output_params *p, struct err *e);
    int (*start)(struct output *o, struct err *e); /* main thread, once, before it is used */
    void (*take)(
        struct output *o,
        const struct sample_batch *b); /* lent until it returns; own what must stay longer */
    void (*flush)(struct output *o);
    void (*close)(struct output *o); /* everything is written; frees o */
};

/* spec: "json", "json=points.json". Unknown types and bad arguments: a message, exit code 255.
 * Nothing is written before output_start, whose failure still lets the run sum up. */
int output_open(struct output **out, const char *spec, const struct output_params *p,
                struct err *e);

int output_start(struct output *o, struct err *e); /* exit code 255 */
void output_close(struct output *o);               /* one that no fan-out has taken; NULL is fine */

/* The environment's value; NULL when unset or empty. */
const char *output_get_env(const struct output_params *p, const char *name);

extern const struct output_type out_json_type;
extern const struct output_type out_csv_type;

#endif
