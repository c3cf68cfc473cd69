/* options_fuzz.c - fuzz driver of everything that reads options: a script's JSON, a config file, the
 * environment, flags, segments, lists. The input's first byte says which, the second which option.
 * Corpus: fuzz/corpus/options. Replayed by options_test.c */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "options/features.h"
#include "options/options.h"
#include "options/options_table.h"
#include "options/optval.h"
#include "options/segment_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *options_shown(const struct options *o)
{
    struct buf out;
    struct json *v = options_to_json(o, NULL);
    buf_init(&out, BUF_NO_LIMIT);
    json_print(&out, v, 0);
    json_free(v);
    char *text = buf_take(&out);
    buf_deinit(&out);
    return text;
}

/* What is shown can be read and shows the same again: archives rely on it. */
static void try_shown(const struct options *o)
{
    struct options again;
    char *first = options_shown(o);
    CHECK(options_read_script(&again, str_of(first), NULL, NULL) == 0);
    char *second = options_shown(&again);
    CHECK(strcmp(first, second) == 0);
    mem_free(first);
    mem_free(second);
    options_deinit(&again);
}

static void try_consolidate(const struct options_sources *sources)
{
    struct options all;
    struct scenario_list scenarios;
    struct err e = {0};
    if (options_consolidate(&all, &scenarios, sources, NULL, &e) == 0) {
        struct threshold_config *list = NULL;
        size_t count = 0;
        CHECK(scenarios.count > 0);
        options_thresholds(&all, &list, &count, NULL);
        mem_free(list);
        options_check_dns_ttl(&all, NULL);
        options_fill_defaults(&all);
        json_free(options_to_json(&all, &scenarios));
    } else {
        CHECK(e.msg != NULL && e.exit_code != 0);
    }
    scenario_list_deinit(&scenarios);
    options_deinit(&all);
    err_deinit(&e);
}

static void try_script(struct str text)
{
    struct options o;
    struct err e = {0};
    if (options_read_script(&o, text, NULL, &e) == 0) {
        struct options_sources sources = {.script = &o};
        try_shown(&o);
        try_consolidate(&sources);
    } else {
        CHECK(e.msg != NULL);
    }
    options_deinit(&o);
    err_deinit(&e);
}

static void try_config(struct str text)
{
    struct options o;
    struct json *v = json_parse(text, NULL);
    if (v == NULL)
        return;
    if (options_read_config_file(&o, v, NULL) == 0) {
        struct options_sources sources = {.config = &o};
        try_consolidate(&sources);
    }
    options_deinit(&o);
    json_free(v);
}

/* Each line is one flag, or one variable, of the same option. */
static void try_texts(const struct option_row *row, const char *text, bool is_flag)
{
    struct options o;
    struct str rest = str_of(text);
    struct str line;
    bool is_good = true;
    options_init(&o);
    for (bool more = true; more;) {
        more = str_cut(rest, '\n', &line, &rest);
        char *value = mem_strndup(line.p, line.len);
        struct err e = {0};
        int rc = is_flag ? option_read_flag(&o, row, value, &e)
                         : option_read_text(&o, row, value, &e);
        CHECK(rc == 0 || e.msg != NULL);
        is_good = is_good && rc == 0;
        err_deinit(&e);
        mem_free(value);
    }
    struct options_sources sources = {.env = is_flag ? NULL : &o, .flags = is_flag ? &o : NULL};
    if (is_good)
        try_consolidate(&sources);
    options_deinit(&o);
}

static void try_segment(struct str text)
{
    struct segment_range range, same;
    struct segment_points points, again;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    if (segment_range_parse(&range, text, NULL) == 0) {
        segment_range_put(&out, range);
        CHECK(segment_range_parse(&same, (struct str){out.data, out.len}, NULL) == 0);
        CHECK(fraction_cmp(range.from, same.from) == 0 && fraction_cmp(range.to, same.to) == 0);
    }
    buf_clear(&out);
    if (segment_points_parse(&points, text, NULL) == 0) {
        segment_points_put(&out, &points);
        CHECK(segment_points_parse(&again, (struct str){out.data, out.len}, NULL) == 0);
        CHECK(again.v.len == points.v.len);
        VEC_DEINIT(&again.v);
    }
    VEC_DEINIT(&points.v);
    buf_deinit(&out);
}

static void try_features(const char *text)
{
    struct features f;
    struct opt_strs none = {0};
    struct opt_tags tags = {0};
    struct feature_sources s = {.flag = &none, .config = &none, .env = text};
    features_resolve(&f, &s, NULL);
    features_tag(&tags, &f);
    CHECK(tags.count <= FEATURE_COUNT);
    optval_free_map(tags.v, tags.count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct str text = {(const char *)data + 2, size - 2};
    char *copy = mem_strndup(text.p, text.len); /* cut at a NUL byte, as the system's texts are */
    const struct option_row *row = &option_rows[data[1] % option_row_count];
    switch (data[0] % 6) {
    case 0:
        try_script(text);
        break;
    case 1:
        try_config(text);
        break;
    case 2:
        try_texts(row, copy, true);
        break;
    case 3:
        try_texts(row, copy, false);
        break;
    case 4:
        try_segment(text);
        break;
    default:
        try_features(copy);
        break;
    }
    mem_free(copy);
    return 0;
}
