/* octal_escapes_test.c - literals with octal escapes are written anew, all else stays. */
#include "js/octal_escapes.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "test.h"

static void expect(const char *source, int line, int column, const char *expected)
{
    char *out;
    size_t len;
    int rc = octal_escapes_rewrite((struct str){source, strlen(source)}, line, column, &out, &len);
    assert_int_equal(rc, expected != NULL ? 0 : ERR_NOT_FOUND);
    if (expected == NULL) {
        assert_null(out);
        return;
    }
    assert_string_equal(out, expected);
    assert_int_equal(len, strlen(expected));
    mem_free(out);
}

static void octal_becomes_hexadecimal(void **state)
{
    expect("f('\\033[31m\\7\\08\\377\\400')", 1, 3, "f('\\x1b[31m\\x07\\x008\\xff\\u0100')");
    expect("a;\n  \"\\101'\\8\\9\"", 2, 3, "a;\n  \"\\x41'89\"");
    expect("'\xC3\xA4'+'\\1'", 1, 6, "'\xC3\xA4'+'\\x01'");
    expect("'\\1", 1, 1, "'\\x01");
    expect("'\\0\\8'", 1, 1, "'\\x008'");
}

static void other_escapes_and_literals_stay(void **state)
{
    expect("'\\\\1\\0\\'\\n\\01' + '\\2'", 1, 1, "'\\\\1\\x00\\'\\n\\x01' + '\\2'");
    expect("'\\0'", 1, 1, NULL);
    expect("'plain'", 1, 1, NULL);
    expect("x = '\\1'", 1, 1, NULL);
    expect("'\\1'", 2, 1, NULL);
    expect("'\\1'", 1, 90, NULL);
    expect("'\\", 1, 1, NULL);
    expect("", 1, 1, NULL);
}

TEST_SUITE(octal_escapes)
{
    TEST(octal_becomes_hexadecimal)
    TEST(other_escapes_and_literals_stay)
    TEST_END
};
