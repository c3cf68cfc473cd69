#include <errno.h>
#include <string.h>

#include "base/err.h"
#include "net/net_error.h"
#include "test.h"

static void dial_failures(void **state)
{
    struct net_error e;
    (void)state;
    assert_int_equal(
        net_error_set_errno(&e, ECONNREFUSED, NET_STAGE_DIAL, "connect", NULL, "1.2.3.4:80"),
        ERR_REFUSED);
    assert_int_equal(e.code, 1212);
    assert_string_equal(e.detail, "dial tcp 1.2.3.4:80: connect: connection refused");
    net_error_set_errno(&e, EHOSTUNREACH, NET_STAGE_DIAL, "connect", NULL, "1.2.3.4:80");
    assert_int_equal(e.code, 1213);
    assert_string_equal(e.text, "dial: unknown errno 113 error with msg `no route to host`");
    net_error_set_errno(&e, ETIMEDOUT, NET_STAGE_DIAL, "connect", NULL, "1.2.3.4:80");
    assert_int_equal(e.code, 1211);
    assert_string_equal(e.text, "dial: i/o timeout");
}

static void out_of_descriptors_says_what_to_do(void **state)
{
    struct net_error e;
    (void)state;
    assert_int_equal(net_error_set_errno(&e, EMFILE, NET_STAGE_DIAL, "socket", NULL, "1.2.3.4:80"),
                     ERR_NO_FILES);
    assert_non_null(strstr(e.text, "too many open files"));
    assert_non_null(strstr(e.text, "ulimit -n"));
    assert_non_null(strstr(e.detail, "dial tcp 1.2.3.4:80: socket: too many open files"));
}

static void failures_of_a_connection(void **state)
{
    struct net_error e;
    (void)state;
    net_error_set_errno(&e, ECONNRESET, NET_STAGE_RECEIVE, "read", "1.1.1.1:1", "2.2.2.2:2");
    assert_int_equal(e.code, 1220);
    assert_string_equal(e.text, "read: connection reset by peer");
    assert_string_equal(e.detail, "read tcp 1.1.1.1:1->2.2.2.2:2: read: connection reset by peer");
    net_error_set_errno(&e, EPIPE, NET_STAGE_SEND, "write", "1.1.1.1:1", "2.2.2.2:2");
    assert_int_equal(e.code, 1201);
    assert_string_equal(e.text, "write: broken pipe");
    net_error_set_errno(&e, ETIMEDOUT, NET_STAGE_RECEIVE, "read", "1.1.1.1:1", "2.2.2.2:2");
    assert_int_equal(e.code, 1200);
    assert_string_equal(e.text, "read tcp 1.1.1.1:1->2.2.2.2:2: read: connection timed out");
}

static void texts_of_the_table_and_of_codes(void **state)
{
    struct net_error e;
    (void)state;
    assert_int_equal(net_error_set(&e, ERR_TIMEOUT, NET_REQUEST_TIMEOUT, NULL), ERR_TIMEOUT);
    assert_string_equal(e.text, "request timeout");
    net_error_from_rc(&e, ERR_CANCELED);
    assert_true(e.is_canceled);
    net_error_from_rc(&e, ERR_CLOSED);
    assert_string_equal(e.text, "EOF");
    assert_int_equal(net_error_set(NULL, ERR_CLOSED, 1, NULL), ERR_CLOSED);
    net_error_clear(&e);
    assert_int_equal(e.code, 0);
    assert_string_equal(e.text, "");
}

TEST_SUITE(net_error)
{
    TEST(dial_failures)
    TEST(out_of_descriptors_says_what_to_do)
    TEST(failures_of_a_connection)
    TEST(texts_of_the_table_and_of_codes)
    TEST_END
};
