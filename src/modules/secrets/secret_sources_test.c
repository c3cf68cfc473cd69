/* secret_sources_test.c - configurations of secret sources, and what they give. */
#include "modules/secrets/secret_sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "test.h"

static char *const no_env[] = {NULL};

struct fixture {
    struct redactor *redactor;
    struct secret_sources *sources;
    struct err err;
};

static int set_up(struct fixture *f, const char *first, const char *second)
{
    char *lines[] = {(char *)(uintptr_t)first, (char *)(uintptr_t)second}; /* only read */
    *f = (struct fixture){.redactor = redactor_new()};
    size_t count = first == NULL ? 0 : second == NULL ? 1 : 2;
    return secret_sources_new(&f->sources, lines, count, no_env, f->redactor, &f->err);
}

static void tear_down(struct fixture *f)
{
    secret_sources_free(f->sources);
    redactor_free(f->redactor);
    err_deinit(&f->err);
}

static void expect(struct fixture *f, const char *source, const char *key, const char *expected)
{
    struct str value = {NULL, 0};
    struct err e = {0};
    if (secret_sources_get(f->sources, str_of(source), str_of(key), &value, &e) < 0)
        assert_string_equal(e.msg, expected);
    else
        assert_true(str_eqs(value, expected));
    err_deinit(&e);
}

static void expect_refusal(const char *first, const char *second, const char *expected)
{
    struct fixture f;
    assert_true(set_up(&f, first, second) < 0);
    assert_string_equal(f.err.msg, expected);
    tear_down(&f);
}

static void the_only_source_is_the_default_one(void **state)
{
    struct fixture f;
    assert_int_equal(set_up(&f, "mock=a=1,b=x=y,c=", NULL), 0);
    expect(&f, "default", "a", "1");
    expect(&f, "mock", "b", "x=y");
    expect(&f, "default", "c", "");
    expect(&f, "default", "d", "no value");
    expect(&f, "other", "a", "no secret source with name \"other\" is configured");
    tear_down(&f);
}

static void of_two_one_is_marked(void **state)
{
    struct fixture f;
    assert_int_equal(set_up(&f, "mock=name=one,a=1", "mock=default,name=two,a=2"), 0);
    expect(&f, "default", "a", "2");
    expect(&f, "one", "a", "1");
    tear_down(&f);
    assert_int_equal(set_up(&f, "mock=name=one,a=1", "mock=name=two,a=2"), 0);
    expect(&f, "default", "a", "no secret source with name \"default\" is configured");
    tear_down(&f);
}

static void without_sources_nothing_is_found(void **state)
{
    struct fixture f;
    assert_int_equal(set_up(&f, NULL, NULL), 0);
    expect(&f, "default", "a", "no secret sources are configured");
    tear_down(&f);
}

static void what_is_fetched_is_hidden_from_then_on(void **state)
{
    struct fixture f;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(set_up(&f, "mock=a=hidden", NULL), 0);
    assert_false(redactor_put(f.redactor, &out, STR("hidden")));
    expect(&f, "default", "a", "hidden");
    assert_true(redactor_put(f.redactor, &out, STR("hidden")));
    buf_deinit(&out);
    tear_down(&f);
}

static void a_file_has_a_pair_a_line(void **state)
{
    struct fixture f;
    char path[] = "/tmp/c6_secrets_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "a=1\r\nb = 2 \n#=\n", 15), 15);
    close(fd);
    char *line = mem_printf("file=filename=%s", path);
    assert_int_equal(set_up(&f, line, NULL), 0);
    expect(&f, "default", "a", "1");
    expect(&f, "default", "b ", " 2 ");
    expect(&f, "default", "#", "");
    tear_down(&f);
    unlink(path);
    mem_free(line);
}

static void bad_configurations_are_refused(void **state)
{
    expect_refusal("nothing=x", NULL,
                   "no secret source for type \"nothing\" for configuration \"nothing=x\"");
    expect_refusal(" ", NULL, "couldn't parse secret source configuration \" \"");
    expect_refusal("mock=a", NULL, "parsing \"a\", needs =");
    expect_refusal("file=x=y", NULL, "unknown configuration key for file secret source \"x\"");
    expect_refusal("file=not-there.txt", NULL, "open not-there.txt: no such file or directory");
    expect_refusal("mock=a=1", "mock=b=2",
                   "secret source for name \"mock\" already registered before configuration "
                   "\"mock=b=2\"");
    expect_refusal("mock=default,name=x,a=1", "mock=default,b=2",
                   "can't have two secret sources that are default ones, second one was \"b=2\"");
}

TEST_SUITE(secret_sources){
    TEST(the_only_source_is_the_default_one)
    TEST(of_two_one_is_marked)
    TEST(without_sources_nothing_is_found)
    TEST(what_is_fetched_is_hidden_from_then_on)
    TEST(a_file_has_a_pair_a_line)
    TEST(bad_configurations_are_refused)
    TEST_END
};
