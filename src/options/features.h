/* features.h - k6's feature flags: which are asked for, and what that switches on. One source decides
 * alone: the flag --features, else the environment (K6_FEATURES), else the config file. Pure but for
 * the log. Source: k6 docs, "Feature flags". Tests: features_test.c */
#ifndef C6_FEATURES_H
#define C6_FEATURES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/log.h"
#include "options/options.h"

enum feature {
    FEATURE_FREEZE_ENV,        /* __ENV can't be changed by the script */
    FEATURE_MERGE_RUN_TAGS,    /* the tags of all sources together, not those of the last */
    FEATURE_NATIVE_HISTOGRAMS, /* for the outputs that can: trends as histograms */
    FEATURE_COUNT,
};

struct feature_info {
    const char *name;
    const char *lifecycle;
    const char *help;
};
extern const struct feature_info feature_infos[FEATURE_COUNT]; /* by name */

struct features {
    bool is_on[FEATURE_COUNT];
};

struct feature_sources {
    const struct opt_strs *flag, *config; /* each item may be a list with commas */
    const char *env;                      /* K6_FEATURES; NULL: not there */
    const char *env_histograms;           /* the older K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM */
};

/* Logs what is switched on and what is unknown. */
void features_resolve(struct features *fills, const struct feature_sources *s, struct logger *lg);
/* "a,b", by name; "" for none. */
void features_put(struct buf *out, const struct features *f);
/* Each is a tag k6_feature_... of all samples; a script can't claim one that is off. */
void features_tag(struct opt_tags *tags, const struct features *f);

#endif
