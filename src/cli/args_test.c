/* args_test.c - command lines. */
#include "cli/args.h"

#include <string.h>

#include "test.h"

struct seen {
    char text[256];
};

static int record(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct seen *s = opaque;
    if (strcmp(value, "bad") == 0)
        return err_set(e, ERR_INVALID, "no good");
    strncat(s->text, flag->name, sizeof s->text - strlen(s->text) - 1);
    strncat(s->text, "=", sizeof s->text - strlen(s->text) - 1);
    strncat(s->text, value, sizeof s->text - strlen(s->text) - 1);
    strncat(s->text, ";", sizeof s->text - strlen(s->text) - 1);
    return 0;
}

static const struct arg_flag flags[] = {
    {"vus", 'u', "int", NULL, "users", record, NULL},
    {"quiet", 'q', NULL, NULL, "quiet", record, NULL},
    {"verbose", 'v', NULL, NULL, "verbose", record, NULL},
    {"http-debug", 0, "string", "headers", "debug", record, NULL},
};
static const struct arg_list list = {flags, 4};

static int parse(struct seen *s, struct err *e, const char **words, int *count, bool *help,
                 int argc, char **argv)
{
    memset(s, 0, sizeof *s);
    memset(e, 0, sizeof *e);
    return args_parse(&list, argc, argv, s, words, 2, count, help, e);
}

#define PARSE(...)                                                                                 \
    const char *argv[] = {__VA_ARGS__}; /* the parser changes none of them */                      \
    struct seen s;                                                                                 \
    struct err e;                                                                                  \
    const char *words[2];                                                                          \
    int count;                                                                                     \
    bool help;                                                                                     \
    int rc = parse(&s, &e, words, &count, &help, (int)(sizeof argv / sizeof argv[0]),              \
                   (char **)(uintptr_t)argv);                                                      \
    (void)rc

static void flags_stand_before_and_after_words(void **state)
{
    PARSE("-u", "5", "script.js", "--quiet", "--http-debug", "more");
    assert_int_equal(rc, 0);
    assert_string_equal(s.text, "vus=5;quiet=true;http-debug=headers;");
    assert_int_equal(count, 2);
    assert_string_equal(words[1], "more");
}

static void short_flags_may_be_joined(void **state)
{
    PARSE("-qv", "-u7", "-u=8", "--vus=9", "--quiet=false");
    assert_int_equal(rc, 0);
    assert_string_equal(s.text, "quiet=true;verbose=true;vus=7;vus=8;vus=9;quiet=false;");
}

static void a_mistyped_flag_names_the_nearest(void **state)
{
    PARSE("--quite");
    assert_true(rc < 0);
    assert_string_equal(e.msg, "unknown flag: --quite");
    assert_string_equal(e.hint, "did you mean --quiet?");
    assert_int_equal(e.exit_code, EXIT_GENERIC);
    err_deinit(&e);
}

static void a_flag_without_its_argument_is_refused(void **state)
{
    PARSE("--vus");
    assert_true(rc < 0);
    assert_string_equal(e.msg, "flag needs an argument: --vus");
    err_deinit(&e);
}

static void a_bad_value_is_told_with_its_flag(void **state)
{
    PARSE("-u", "bad");
    assert_true(rc < 0);
    assert_string_equal(e.msg, "invalid argument \"bad\" for \"-u, --vus\" flag: no good");
    err_deinit(&e);
}

static void too_many_words_are_refused(void **state)
{
    PARSE("a", "b", "c");
    assert_true(rc < 0);
    assert_int_equal(e.exit_code, EXIT_GENERIC);
    err_deinit(&e);
}

static void a_lone_dash_is_a_word_and_two_end_the_flags(void **state)
{
    PARSE("-", "--", "--quiet");
    assert_int_equal(rc, 0);
    assert_int_equal(count, 2);
    assert_string_equal(words[1], "--quiet");
}

TEST_SUITE(args){
    TEST(flags_stand_before_and_after_words)
    TEST(short_flags_may_be_joined)
    TEST(a_mistyped_flag_names_the_nearest)
    TEST(a_flag_without_its_argument_is_refused)
    TEST(a_bad_value_is_told_with_its_flag)
    TEST(too_many_words_are_refused)
    TEST(a_lone_dash_is_a_word_and_two_end_the_flags)
    TEST_END
};
