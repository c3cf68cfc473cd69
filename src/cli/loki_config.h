/* loki_config.h - what --log-output=loki=... says. Source: k6 docs, options reference, "log
 * output": `loki=URL,label.NAME=VALUE,header.NAME=VALUE,limit=N,level=LEVEL,pushPeriod=DURATION,
 * msgMaxSize=N,allowedLabels=[A,B],profile=true`. */
#ifndef C6_LOKI_CONFIG_H
#define C6_LOKI_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/key_value.h"
#include "base/vec.h"

struct loki_config {
    char *url;
    VEC(struct key_value) labels; /* on every line */
    VEC(struct key_value) headers;
    VEC(char *) allowed; /* only these become labels, */
    bool has_allowed;    /* if this is set */
    int limit;           /* lines sent a period; what is more is dropped */
    int message_max;     /* characters of a line */
    int64_t period_ns;
    char *level;      /* NULL: all levels */
    bool has_profile; /* log how long each push took */
};

/* text is all that follows --log-output=. Filled in any case, so that deinit may follow; the error
 * says what is wrong with it. */
int loki_config_parse(struct loki_config *fills, const char *text, struct err *e);
void loki_config_deinit(struct loki_config *c);

#endif
