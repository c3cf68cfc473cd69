/* html_tag_test.c - every name of the table is found, and nothing else. */
#include "modules/html/html_tag.h"

#include "test.h"

static void every_tag_is_found_by_its_name(void **state)
{
    for (int tag = TAG_NONE + 1; tag < TAG_COUNT; tag++) {
        struct str name = html_tag_name((enum html_tag)tag);
        assert_true(name.len > 0);
        assert_int_equal(html_tag_find(name), tag);
    }
}

static void other_names_are_none(void **state)
{
    static const char *const names[] = {
        "",
        "A",
        "aa",
        "divs",
        "di",
        "foreignobject",
        "annotation-xmls",
        "x",
        "custom-element-of-mine",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_int_equal(html_tag_find(str_of(names[i])), TAG_NONE);
}

static void facts_are_those_of_the_standard(void **state)
{
    assert_true(html_tag_facts(TAG_BR) & TAG_IS_VOID);
    assert_true(html_tag_facts(TAG_P) & TAG_IS_IMPLIED);
    assert_true(html_tag_facts(TAG_SCRIPT) & TAG_IS_RAW);
    assert_true(html_tag_facts(TAG_TITLE) & TAG_IS_RCDATA);
    assert_int_equal(html_tag_facts(TAG_A), 0);
    assert_int_equal(html_tag_facts(TAG_NONE), 0);
}

TEST_SUITE(html_tag)
{
    TEST(every_tag_is_found_by_its_name)
    TEST(other_names_are_none)
    TEST(facts_are_those_of_the_standard)
    TEST_END
};
