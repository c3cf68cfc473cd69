/* html_data_name_test.c - names of data attributes there and back. */
#include "modules/html/html_data_name.h"

#include "test.h"

static void expect(void (*put)(struct buf *out, struct str s), const char *name, const char *wanted)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    buf_adds(&out, "data-");
    put(&out, str_of(name));
    assert_string_equal(out.data + 5, wanted);
    buf_deinit(&out);
}

static void attributes_become_properties(void **state)
{
    expect(html_data_name_put_property, "user", "user");
    expect(html_data_name_put_property, "user-name", "userName");
    expect(html_data_name_put_property, "user-id", "userID");
    expect(html_data_name_put_property, "a-http-url_x-", "aHTTPURLX");
    expect(html_data_name_put_property, "a_b", "a_b");
    expect(html_data_name_put_property, "my-oauth", "myOAuth");
    expect(html_data_name_put_property, "id", "id");
    expect(html_data_name_put_property, "", "");
}

static void properties_become_attributes(void **state)
{
    expect(html_data_name_put_attr, "user", "user");
    expect(html_data_name_put_attr, "userName", "user-name");
    expect(html_data_name_put_attr, "userID", "user-id");
    expect(html_data_name_put_attr, "userIDs", "user-id-s");
    expect(html_data_name_put_attr, "HTMLData", "html-data");
    expect(html_data_name_put_attr, "aBC", "a-b-c");
    expect(html_data_name_put_attr, "user-name_x", "user-name-x");
    expect(html_data_name_put_attr, "A", "a");
    expect(html_data_name_put_attr, "", "");
}

TEST_SUITE(html_data_name)
{
    TEST(attributes_become_properties)
    TEST(properties_become_attributes)
    TEST_END
};
