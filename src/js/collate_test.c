#include "js/collate.h"

#include "base/str.h"
#include "test.h"

static struct collate_text decode(const char *text, uint32_t *points)
{
    struct collate_text t = {points, 0};
    struct str s = str_of(text);
    for (size_t at = 0; at < s.len;)
        points[t.len++] = utf8_next(s, &at);
    return t;
}

static int compare(const char *a, const char *b)
{
    uint32_t x[64], y[64];
    return collate_compare(decode(a, x), decode(b, y));
}

/* Each text of the list comes before the next; NULL ends it. */
static void check_order(const char *const *list)
{
    for (; list[1] != NULL; list++) {
        if (compare(list[0], list[1]) != -1 || compare(list[1], list[0]) != 1)
            fail_msg("\"%s\" does not come before \"%s\"", list[0], list[1]);
        assert_int_equal(compare(list[0], list[0]), 0);
    }
}

static void letters_come_before_case(void **state)
{
    check_order((const char *const[]){"", "a", "A", "aA", "Aa", "ab", "b", "B", "z", "Z", NULL});
}

static void accents_come_between_letters_and_case(void **state)
{
    check_order((const char *const[]){"resume", "Resume", "resume\xcc\x81", "re\xcc\x81sume",
                                      "Re\xcc\x81sume", "resumed", NULL});
    check_order((const char *const[]){"d", "D", "\xc4\x91", "\xc3\xb0", "e", NULL}); /* đ, ð */
    check_order((const char *const[]){"o", "o\xcc\x88", "\xc3\xb8", "p", NULL});     /* ø */
}

static void signs_come_first_then_digits_then_scripts(void **state)
{
    check_order((const char *const[]){" ", "_", "-", ",", ".", "(", "@", "+", "\xf0\x9f\x98\x80",
                                      "$", "0", "1", "10", "2", "a", "\xce\xb1", "\xd0\xb0",
                                      "\xd7\x90", "\xe3\x81\x82", "\xe6\x97\xa5", NULL});
}

static void some_characters_count_as_two(void **state)
{
    check_order((const char *const[]){"ad", "ae", "\xc3\xa6", "af", NULL});
    check_order((const char *const[]){"sr", "ss", "\xc3\x9f", "st", NULL});
    check_order((const char *const[]){"AE", "\xc3\x86", NULL});
    check_order((const char *const[]){"a", "\xef\xbc\xa1", "b", NULL}); /* a wide A */
}

static void what_cannot_be_seen_does_not_count(void **state)
{
    assert_int_equal(compare("a\x01"
                             "b",
                             "ab"),
                     0);
    assert_int_equal(compare("a\xe2\x80\x8b", "a"), 0);
    assert_int_equal(compare("\x01", ""), 0);
}

TEST_SUITE(collate){
    TEST(letters_come_before_case)
    TEST(accents_come_between_letters_and_case)
    TEST(signs_come_first_then_digits_then_scripts)
    TEST(some_characters_count_as_two)
    TEST(what_cannot_be_seen_does_not_count)
    TEST_END
};
