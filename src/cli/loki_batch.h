/* loki_batch.h - the log lines of one period, and the message that takes them to Loki. Not safe
 * from several threads. Source: Loki's HTTP API, "POST /loki/api/v1/push"; k6 docs, "log output".
 */
#ifndef C6_LOKI_BATCH_H
#define C6_LOKI_BATCH_H

#include "base/buf.h"
#include "base/log.h"
#include "cli/loki_config.h"

struct loki_line {
    char *labels; /* the inside of a JSON object, by name: equal labels are equal text */
    char *text;
    int64_t time_ns; /* since 1970 */
};

struct loki_batch {
    VEC(struct loki_line) lines;
    uint64_t dropped; /* came when there were config.limit already */
};

/* Copies what it needs of the entry. */
void loki_batch_add(struct loki_batch *b, const struct loki_config *c,
                    const struct log_entry *entry);
/* {"streams":[{"stream":{LABELS},"values":[["NANOSECONDS","TEXT"],...]},...]}: one stream for each
 * set of labels, lines in order; and when some were dropped, a warning that says so. */
void loki_batch_put(struct buf *out, struct loki_batch *b, const struct loki_config *c);
void loki_batch_clear(struct loki_batch *b);
void loki_batch_deinit(struct loki_batch *b);

#endif
