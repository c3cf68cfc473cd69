/* features_test.c - who decides which features are on, and what they leave behind. */
#include "options/features.h"

#include "base/mem.h"
#include "options/optval.h"
#include "test.h"

static const struct opt_strs none;

static void check(const struct feature_sources *s, const char *wanted)
{
    struct features f;
    struct buf out;
    buf_init(&out, 256);
    features_resolve(&f, s, NULL);
    features_put(&out, &f);
    assert_string_equal(out.len > 0 ? out.data : "", wanted);
    buf_deinit(&out);
}

static void one_source_decides(void **state)
{
    struct opt_strs flag = {0};
    struct opt_strs config = {0};
    optval_split(&config, "freeze-env");
    check(&(struct feature_sources){.flag = &none, .config = &config}, "freeze-env");
    check(&(struct feature_sources){.flag = &none, .config = &config, .env = "merge-run-tags"},
          "merge-run-tags");
    check(&(struct feature_sources){.flag = &none, .config = &config, .env = ""}, "");
    optval_split(&flag, "native-histograms");
    check(&(struct feature_sources){.flag = &flag, .config = &config, .env = "freeze-env"},
          "native-histograms");
    optval_free_strs(flag.v, flag.count);
    optval_free_strs(config.v, config.count);
}

static void lists_are_cut_and_the_unknown_is_skipped(void **state)
{
    check(&(struct feature_sources){.flag = &none,
                                    .config = &none,
                                    .env = " merge-run-tags ,, nothing,freeze-env,freeze-env"},
          "freeze-env,merge-run-tags");
}

static void the_older_variable_counts_when_it_is_true(void **state)
{
    struct feature_sources s = {.flag = &none, .config = &none, .env_histograms = "false"};
    check(&s, "");
    s.env_histograms = "true";
    check(&s, "native-histograms");
    s.env = "freeze-env";
    check(&s, "freeze-env,native-histograms");
}

static void tags_tell_what_is_on_and_nothing_else(void **state)
{
    struct opt_tags tags = {0};
    struct features f = {.is_on = {[FEATURE_FREEZE_ENV] = true}};
    assert_int_equal(
        optval_text_map(&tags.v, &tags.count, "a:b,k6_feature_merge_run_tags:true", NULL), 0);
    features_tag(&tags, &f);
    assert_int_equal(tags.count, 2);
    assert_string_equal(tags.v[0].key, "a");
    assert_string_equal(tags.v[1].key, "k6_feature_freeze_env");
    optval_free_map(tags.v, tags.count);
}

/* clang-format off */
TEST_SUITE(features){
    TEST(one_source_decides)
    TEST(lists_are_cut_and_the_unknown_is_skipped)
    TEST(the_older_variable_counts_when_it_is_true)
    TEST(tags_tell_what_is_on_and_nothing_else)
    TEST_END
};
