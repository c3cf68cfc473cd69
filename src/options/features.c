/* features.c - k6's feature flags. Knows no environment and no file: its caller brings the texts.
 * Source: k6 docs, "Feature flags". Tests: features_test.c */
#include "options/features.h"

#include <string.h>

#include "base/mem.h"
#include "options/optval.h"

const struct feature_info feature_infos[FEATURE_COUNT] = {
    [FEATURE_FREEZE_ENV] = {"freeze-env", "Experimental",
                            "Freeze __ENV object to prevent modifications from JS code"},
    [FEATURE_MERGE_RUN_TAGS] = {"merge-run-tags", "Experimental",
                                "Merge run tags across config layers instead of replacing"},
    [FEATURE_NATIVE_HISTOGRAMS] = {"native-histograms", "Experimental",
                                   "Use native histograms for trend metrics"},
};

static int feature_of(const char *name)
{
    for (int i = 0; i < FEATURE_COUNT; i++)
        if (strcmp(feature_infos[i].name, name) == 0)
            return i;
    return -1;
}

struct resolving {
    struct features *features;
    struct json *unknown; /* names: each is told once */
    const char *source;   /* who asks, for the log */
    struct logger *logger;
};

static void switch_on(struct resolving *r, const char *name)
{
    struct features *f = r->features;
    int i = feature_of(name);
    struct log_field fields[] = {{"feature", name, false}, {"lifecycle", "experimental", false}};
    if (i >= 0 && !f->is_on[i]) {
        f->is_on[i] = true;
        log_record(r->logger, LOG_INFO, NULL, NULL, fields, 2,
                   STR("Experimental feature enabled"));
    } else if (i < 0 && json_get(r->unknown, name) == NULL) {
        json_set(r->unknown, name, json_new_null());
        fields[1] = (struct log_field){"outcome", "unknown", false};
        log_record(r->logger, LOG_ERROR, r->source, NULL, fields, 2, STR("Unknown feature flag"));
    }
}

static void switch_on_list(struct resolving *r, const char *text)
{
    struct opt_strs names = {0};
    optval_split_trimmed(&names, text);
    for (size_t i = 0; i < names.count; i++)
        if (*names.v[i] != '\0')
            switch_on(r, names.v[i]);
    optval_free_strs(names.v, names.count);
}

static void switch_on_older(struct resolving *r, const struct opt_bool *histograms)
{
    if (!histograms->v)
        return;
    log_record(r->logger, LOG_WARN, "env_legacy_alias", NULL, NULL, 0,
               STR("K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM is the older way: use --features or "
                   "K6_FEATURES with native-histograms"));
    switch_on(r, feature_infos[FEATURE_NATIVE_HISTOGRAMS].name);
}

void features_resolve(struct features *fills, const struct feature_sources *s, struct logger *lg)
{
    struct resolving r = {fills, json_new_object(), "cli", lg};
    struct opt_bool histograms = {0};
    const struct opt_strs *lists = s->flag;
    memset(fills, 0, sizeof *fills);
    if (s->env_histograms != NULL)
        optval_flag_bool(&histograms, s->env_histograms, NULL);
    if (!s->flag->set && (s->env != NULL || histograms.v)) {
        r.source = "env";
        switch_on_older(&r, &histograms);
        switch_on_list(&r, s->env != NULL ? s->env : "");
    } else if (!s->flag->set) {
        r.source = "json";
        lists = s->config;
    }
    for (size_t i = 0; i < lists->count; i++)
        switch_on_list(&r, lists->v[i]);
    json_free(r.unknown);
}

void features_put(struct buf *out, const struct features *f)
{
    const char *comma = "";
    for (int i = 0; i < FEATURE_COUNT; i++) {
        if (!f->is_on[i])
            continue;
        buf_addf(out, "%s%s", comma, feature_infos[i].name);
        comma = ",";
    }
}

static char *tag_of(const char *name)
{
    char *tag = mem_printf("k6_feature_%s", name);
    for (char *c = tag; *c != '\0'; c++)
        if (*c == '-')
            *c = '_';
    return tag;
}

void features_tag(struct opt_tags *tags, const struct features *f)
{
    struct key_value *all = mem_calloc(tags->count + FEATURE_COUNT + 1, sizeof *all);
    size_t count = 0;
    for (size_t i = 0; i < tags->count; i++) {
        if (!str_starts(str_of(tags->v[i].key), "k6_feature_")) {
            all[count++] = tags->v[i];
            continue;
        }
        mem_free(tags->v[i].key);
        mem_free(tags->v[i].value);
    }
    for (int i = 0; i < FEATURE_COUNT; i++)
        if (f->is_on[i])
            all[count++] = (struct key_value){tag_of(feature_infos[i].name), mem_strdup("true")};
    mem_free(tags->v);
    tags->v = all;
    tags->count = count;
    tags->set = count > 0;
}
