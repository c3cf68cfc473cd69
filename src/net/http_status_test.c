#include "net/http_status.h"

#include "test.h"

static void statuses_have_go_s_words(void **state)
{
    (void)state;
    assert_string_equal(http_status_words(200), "OK");
    assert_string_equal(http_status_words(413), "Request Entity Too Large");
    assert_string_equal(http_status_words(418), "I'm a teapot");
    assert_string_equal(http_status_words(511), "Network Authentication Required");
    assert_string_equal(http_status_words(299), "");
    assert_string_equal(http_status_words(0), "");
}

TEST_SUITE(http_status){TEST(statuses_have_go_s_words) TEST_END};
