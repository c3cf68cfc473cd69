/* mod_html_kinds_test.c - the tables that the elements' accessors are looked up in. */
#include "modules/html/mod_html_int.h"

#include "test.h"

static void check_kind(const struct html_kind *kind)
{
    for (; kind; kind = kind->base) {
        assert_non_null(kind->go_name);
        for (size_t i = 0; i < kind->count; i++) {
            const struct html_member *m = &kind->members[i];
            assert_true(m->name < NAME_COUNT);
            if (i > 0) /* found by halving */
                assert_true(m[-1].name < m->name);
            if (m->type == MEMBER_ENUM || m->type == MEMBER_ENUM_ONLY)
                assert_non_null(m->options);
        }
    }
}

static void members_are_sorted_by_name(void **state)
{
    struct html_node n = {.type = HTML_ELEMENT};
    for (int tag = TAG_NONE; tag < TAG_COUNT; tag++) {
        n.tag = (uint16_t)tag;
        check_kind(mod_html_kind_of(&n));
    }
    check_kind(&mod_html_selection_kind);
    check_kind(&mod_html_goquery_kind);
    check_kind(&mod_html_attribute_kind);
}

static void kinds_go_by_tag(void **state)
{
    struct html_node a = {.type = HTML_ELEMENT, .tag = TAG_A}, div = {.tag = TAG_DIV},
                     text = {.type = HTML_TEXT, .data = STR("title")};
    div.type = HTML_ELEMENT;
    assert_string_equal(mod_html_kind_of(&a)->go_name, "html.AnchorElement");
    assert_ptr_equal(mod_html_kind_of(&div), &mod_html_element_kind);
    assert_string_equal(mod_html_kind_of(&text)->go_name, "html.TitleElement");
}

TEST_SUITE(mod_html_kinds)
{
    TEST(members_are_sorted_by_name)
    TEST(kinds_go_by_tag)
    TEST_END
};
