/* loki.h - the log sent to Grafana Loki: a sink that collects lines and pushes them once a period,
 * on a thread of its own, so that no VU waits for it. What a server does not take is lost, and said
 * so on standard error. Source: k6 docs, options reference, "log output". */
#ifndef C6_LOKI_H
#define C6_LOKI_H

#include "base/log.h"
#include "cli/loki_config.h"

/* Takes config and fallback. Ended by the logger that gets the sink: it pushes what is left,
 * waiting a period at the most. */
int loki_start(struct log_sink *fills, struct loki_config *config, struct logger *fallback,
               struct err *e);

#endif
