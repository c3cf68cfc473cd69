/* TLS from the client's side, against OpenSSL servers on a thread of their own with certificates
 * made here. */
#include "net/tls_server_bed.h"
#include "test.h"

static void check_page(struct side *t)
{
    bool is_13 = t->server->max_version == 0;
    assert_int_equal(get(t, "127.0.0.1", 20000), 0);
    assert_string_equal(t->r.body, "hello");
    assert_string_equal(t->r.last.tls_version, is_13 ? "tls1.3" : "tls1.2");
    assert_int_equal(strncmp(t->r.last.tls_cipher, "TLS_", 4), 0);
    const struct http_timings *m = &t->r.last.t;
    assert_true(m->tls_handshaking > 0 && m->connecting > 0 &&
                m->blocked >= m->tls_handshaking + m->connecting);
    assert_true(t->r.last.bytes_received > 500 && t->r.last.bytes_sent > 200);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        assert_int_equal(t->r.last.t.tls_handshaking, 0);
        assert_true(t->r.last.conn_reused);
        assert_string_equal(t->r.last.tls_version, is_13 ? "tls1.3" : "tls1.2");
    }
    assert_int_equal(t->server->handshakes, 1);
    assert_string_equal(t->server->sni, ""); /* an address is no name */
    http_client_close_idle(t->client);
}

static void gets_pages_over_both_versions(void **state)
{
    struct server new = {.kind = SERVES};
    struct server old = {.kind = SERVES, .max_version = TLS1_2_VERSION};
    (void)state;
    with_server(&new, NULL, check_page);
    with_server(&old, NULL, check_page);
}

static void check_names(struct side *t)
{
    assert_int_equal(get(t, "localhost", 20000), 0);
    assert_string_equal(t->server->sni, "localhost");
    http_client_close_idle(t->client);
}

static void tells_the_server_the_name(void **state)
{
    struct server s = {.kind = SERVES};
    (void)state;
    with_server(&s, NULL, check_names);
}

enum { BIG = 3000000 };

static void check_big(struct side *t)
{
    for (int i = 0; i < 2; i++) {
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        assert_int_equal(t->r.body_len, BIG);
        assert_memory_equal(t->r.body, t->server->body, BIG);
    }
    http_client_close_idle(t->client);
}

static void reads_bodies_of_many_records(void **state)
{
    char *body = mem_alloc(BIG);
    (void)state;
    for (int i = 0; i < BIG; i++)
        body[i] = (char)(i * 7 + i / 251);
    struct server s = {.kind = SERVES, .body = body, .body_len = BIG};
    with_server(&s, NULL, check_big);
    mem_free(body);
}

static void check_resumption(struct side *t)
{
    bool resumes = !t->config.no_connection_reuse;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        http_client_close_idle(t->client);
    }
    struct http_client *second = http_client_new(t->shared);
    struct http_client *first = t->client;
    t->client = second; /* a new user shakes hands in full */
    assert_int_equal(get(t, "127.0.0.1", 20000), 0);
    http_client_free(second);
    t->client = first;
    assert_int_equal(t->server->handshakes, 4);
    assert_int_equal(t->server->resumed, resumes ? 2 : 0);
}

static void a_user_who_comes_back_resumes(void **state)
{
    struct server s = {.kind = SERVES};
    struct server old = {.kind = SERVES, .max_version = TLS1_2_VERSION};
    struct server again = {.kind = SERVES};
    struct http_config no_reuse = {.insecure_skip_tls_verify = true, .no_connection_reuse = true};
    (void)state;
    with_server(&s, NULL, check_resumption);
    with_server(&old, NULL, check_resumption);
    with_server(&again, &no_reuse, check_resumption);
}

static void check_end(struct side *t)
{
    for (int i = 0; i < 30; i++) {
        assert_true(get(t, "127.0.0.1", 20000) < 0);
        assert_int_equal(t->r.last.error.code, 1000);
        assert_string_equal(t->r.last.error.text, "EOF");
    }
}

static void an_end_is_one_also_when_a_reset_follows(void **state)
{
    struct server s = {.kind = VANISHES};
    (void)state;
    with_server(&s, NULL, check_end);
}

TEST_SUITE(tls)
{
    TEST(gets_pages_over_both_versions)
    TEST(tells_the_server_the_name)
    TEST(reads_bodies_of_many_records)
    TEST(a_user_who_comes_back_resumes)
    TEST(an_end_is_one_also_when_a_reset_follows)
    TEST_END
};
