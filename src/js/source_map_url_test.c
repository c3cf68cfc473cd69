/* source_map_url_test.c - where a file's source map is named. */
#include "js/source_map_url.h"

#include <string.h>

#include "test.h"

static void expect(const char *source, const char *expected)
{
    struct str url;
    bool is_named = source_map_url((struct str){source, strlen(source)}, &url);
    assert_true(is_named == (expected != NULL));
    if (expected == NULL)
        return;
    assert_int_equal(url.len, strlen(expected));
    assert_memory_equal(url.p, expected, url.len);
}

static void the_last_line_counts(void **state)
{
    expect("a;\n//# sourceMappingURL=a.js.map", "a.js.map");
    expect("a;\n//# sourceMappingURL=a.js.map\r\n\n})\n\n", "a.js.map");
    expect("//# sourceMappingURL=only", "only");
    expect("//# sourceMappingURL=a.js.map\nb;\n", NULL);
    expect("a;\n //# sourceMappingURL=a.js.map", NULL);
    expect("a;\n//# sourceMappingURL=data:application/json;base64,e30=", NULL);
    expect("//# sourceMappingURL=", "");
    expect("\n\n", NULL);
    expect("", NULL);
}

TEST_SUITE(source_map_url) {
    TEST(the_last_line_counts)
    TEST_END
};
