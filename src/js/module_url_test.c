/* module_url_test.c - names of modules. */
#include "js/module_url.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static void expect_resolved(const char *base, const char *specifier, const char *expected)
{
    struct err e = {0};
    char *url;
    int rc = module_url_resolve(&url, base, specifier, &e);
    if (expected == NULL) {
        assert_true(rc < 0);
        assert_null(url);
        assert_non_null(e.msg);
    } else {
        assert_int_equal(rc, 0);
        assert_string_equal(url, expected);
    }
    mem_free(url);
    err_deinit(&e);
}

static void paths_become_urls_and_paths_again(void **state)
{
    static const char *const paths[][2] = {
        {"/a/b.js", "file:///a/b.js"},
        {"/a b/c#d?.js", "file:///a%20b/c%23d%3F.js"},
        {"/\xC3\xA9.js", "file:///%C3%A9.js"},
        {"/100%.js", "file:///100%25.js"},
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char *url = module_url_from_path(paths[i][0]);
        assert_string_equal(url, paths[i][1]);
        char *path = module_url_to_path(url);
        assert_string_equal(path, paths[i][0]);
        mem_free(path);
        mem_free(url);
    }
    assert_null(module_url_to_path("https://x/y"));
}

static void dot_segments_are_resolved_and_stay_below_the_root(void **state)
{
    expect_resolved("file:///d/e/f.js", "./g.js", "file:///d/e/g.js");
    expect_resolved("file:///d/e/f.js", "../g.js", "file:///d/g.js");
    expect_resolved("file:///d/e/f.js", "../../../../g.js", "file:///g.js");
    expect_resolved("file:///d/e/f.js", "./a/./b/../c.js", "file:///d/e/a/c.js");
    expect_resolved("file:///d/e/f.js", "/abs//x.js", "file:///abs/x.js");
    expect_resolved("file:///d/e/", "./g.js", "file:///d/e/g.js");
    expect_resolved("file:///d/e/f.js", ".", "file:///d/e/");
    expect_resolved("file:///d/e/f.js", "..", "file:///d/");
}

static void escapes_in_a_specifier_are_kept(void **state)
{
    expect_resolved("file:///d/f.js", "./a%20b.js", "file:///d/a%20b.js");
    expect_resolved("file:///d/f.js", "./a b.js", "file:///d/a%20b.js");
    expect_resolved("file:///d/f.js", "./50%.js", "file:///d/50%25.js");
}

static void file_urls_and_builtins_are_taken(void **state)
{
    expect_resolved("file:///d/f.js", "file:///x/../y.js", "file:///y.js");
    expect_resolved("file:///d/f.js", "k6", "k6");
    expect_resolved("file:///d/f.js", "k6/http", "k6/http");
    assert_true(module_url_is_builtin("k6/x/foo"));
    assert_false(module_url_is_builtin("k6x"));
}

static void remote_modules_have_their_host_as_root(void **state)
{
    expect_resolved("file:///d/f.js", "https://host/x.js?v=1", "https://host/x.js?v=1");
    expect_resolved("https://host/a/b.js?v=1", "./c.js", "https://host/a/c.js");
    expect_resolved("https://host/a/b.js?v=1/2", "./c.js?w=./2", "https://host/a/c.js?w=./2");
    expect_resolved("https://host/a/b.js", "../../c d.js", "https://host/c%20d.js");
    expect_resolved("https://host/a/b.js", "/c.js", "https://host/c.js");
    expect_resolved("https://host", "./c.js", "https://host/c.js");
    expect_resolved("https://host/a/b.js", "file:///etc/passwd", NULL);
}

static void what_is_no_module_is_refused_in_words(void **state)
{
    static const char *const bad[] = {
        "", "lodash", "k6x", "http://host/x.js", "ftp://x/y", "file://relative.js", "a/b.js"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect_resolved("file:///d/f.js", bad[i], NULL);
}

TEST_SUITE(module_url){
    TEST(paths_become_urls_and_paths_again)
    TEST(dot_segments_are_resolved_and_stay_below_the_root)
    TEST(escapes_in_a_specifier_are_kept)
    TEST(file_urls_and_builtins_are_taken)
    TEST(remote_modules_have_their_host_as_root)
    TEST(what_is_no_module_is_refused_in_words)
    TEST_END
};
