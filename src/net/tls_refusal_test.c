/* Certificates and servers that are refused, in the words of k6. */
#include "net/tls_server_bed.h"
#include "test.h"

static void check_unknown(struct side *t)
{
    assert_int_equal(get(t, "127.0.0.1", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1310);
    assert_string_equal(t->r.last.error.text, "x509: unknown authority");
    assert_string_equal(
        t->r.last.error.detail,
        "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    assert_string_equal(t->r.last.remote_ip, "");
    assert_true(t->r.last.t.connecting > 0);
    assert_int_equal(t->r.last.t.tls_handshaking, 0);
}

static void verifies_unless_told_not_to(void **state)
{
    struct server s = {.kind = SERVES};
    struct http_config config = {.insecure_skip_tls_verify = false};
    (void)state;
    with_server(&s, &config, check_unknown);
}

/* The server's certificate as a CA file: written once the server has made it. */
static void trust_server(struct side *t, char path[64])
{
    snprintf(path, 64, "/tmp/c6-tls-test-%d.pem", (int)getpid());
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(PEM_write_X509(f, t->server->cert), 1);
    fclose(f);
    http_client_free(t->client);
    http_shared_free(t->shared);
    t->config.ca_file = path;
    assert_int_equal(http_shared_new(&t->shared, t->w, &t->config, NULL), 0);
    t->client = http_client_new(t->shared);
}

static void check_trusted(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), 0);
    http_client_close_idle(t->client);
    assert_int_equal(get(t, "127.0.0.1", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1311);
    assert_string_equal(t->r.last.error.text, "x509: certificate doesn't match hostname");
    assert_string_equal(t->r.last.error.detail,
                        "tls: failed to verify certificate: x509: cannot validate certificate for "
                        "127.0.0.1 because it doesn't contain any IP SANs");
    unlink(path);
}

static void check_wrong_name(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1311);
    assert_string_equal(t->r.last.error.detail,
                        "tls: failed to verify certificate: x509: certificate is valid for "
                        "other.example, b.example, not localhost");
    unlink(path);
}

/* The server's URL is 127.0.0.1. */
static void check_ip(struct side *t, const char *want)
{
    char path[64];
    char detail[256];
    trust_server(t, path);
    assert_int_equal(get(t, "127.0.0.1", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1311);
    snprintf(detail, sizeof detail, "tls: failed to verify certificate: x509: %s", want);
    assert_string_equal(t->r.last.error.detail, detail);
    unlink(path);
}

static void check_wrong_ip(struct side *t)
{
    check_ip(t, "certificate is valid for 10.1.2.3, ::1, not 127.0.0.1");
}

static void check_common_name(struct side *t)
{
    check_ip(t, "certificate relies on legacy Common Name field, use SANs instead");
}

static void check_no_name(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_string_equal(t->r.last.error.detail,
                        "tls: failed to verify certificate: x509: certificate is not valid for any "
                        "names, but wanted to match localhost");
    unlink(path);
}

static void check_early(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1000);
    assert_non_null(strstr(t->r.last.error.text, " is before "));
    unlink(path);
}

static void check_expired(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1000);
    assert_int_equal(strncmp(t->r.last.error.text,
                             "x509: certificate has expired or is not yet valid: current time ",
                             64),
                     0);
    unlink(path);
}

static void check_no_ca_file(struct side *t)
{
    http_client_free(t->client);
    http_shared_free(t->shared);
    t->config.ca_file = "/nonexistent/ca.pem";
    assert_int_equal(http_shared_new(&t->shared, t->w, &t->config, NULL), 0);
    t->client = http_client_new(t->shared);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_string_equal(t->r.last.error.text,
                        "the CA file /nonexistent/ca.pem can't be read or holds no certificate");
}

/* Nobody asked for more. */
static void check_any(struct side *t)
{
    assert_int_equal(get(t, "localhost", 20000), 0);
}

static void checks_names_dates_and_authorities(void **state)
{
    struct server good = {.kind = SERVES, .name = "DNS:localhost"};
    struct server named = {.kind = SERVES, .name = "DNS:other.example,DNS:b.example"};
    struct server expired = {.kind = SERVES, .name = "DNS:localhost", .days = -1};
    struct http_config config = {.insecure_skip_tls_verify = false};
    (void)state;
    with_server(&good, &config, check_trusted);
    with_server(&named, &config, check_wrong_name);
    with_server(&expired, &config, check_expired);
    with_server(&expired, NULL, check_any);
    struct server early = {.kind = SERVES, .name = "DNS:localhost", .days = 3, .days_ago = -2};
    struct server ip = {.kind = SERVES, .name = "IP:10.1.2.3,DNS:localhost,IP:::1"};
    struct server legacy = {.kind = SERVES, .name = "", .common_name = "127.0.0.1"};
    struct server nameless = {.kind = SERVES, .name = "", .common_name = "other"};
    with_server(&early, &config, check_early);
    with_server(&ip, &config, check_wrong_ip);
    with_server(&legacy, &config, check_common_name);
    with_server(&nameless, &config, check_no_name);
    with_server(&good, &config, check_no_ca_file);
}

static void expect_failure(struct side *t, int64_t timeout_ms, int rc, int code, const char *text,
                           const char *detail)
{
    assert_int_equal(get(t, "127.0.0.1", timeout_ms), rc);
    assert_string_equal(t->r.last.error.text, text);
    assert_int_equal(t->r.last.error.code, code);
    if (detail != NULL)
        assert_string_equal(t->r.last.error.detail, detail);
}

static void check_fault(struct side *t)
{
    static const char not_tls[] = "tls: first record does not look like a TLS handshake";
    switch (t->server->kind) {
    case SPEAKS_HTTP:
        expect_failure(t, 20000, ERR_TLS, 1301, not_tls,
                       "http: server gave HTTP response to HTTPS client");
        break;
    case SPEAKS_GARBAGE:
        expect_failure(t, 20000, ERR_TLS, 1301, not_tls, not_tls);
        break;
    case HANGS_UP:
        expect_failure(t, 20000, ERR_CLOSED, 1000, "EOF", "EOF");
        break;
    case RESETS:
        expect_failure(t, 20000, ERR_RESET, 1220, "read: connection reset by peer", NULL);
        break;
    case HANGS:
        expect_failure(t, 50, ERR_TIMEOUT, 1050, "request timeout", "request timeout");
        break;
    case WANTS_CERT:
        expect_failure(t, 20000, ERR_TLS, 1010, "remote error: tls: certificate required",
                       "remote error: tls: certificate required");
        break;
    case TRUNCATES:
        expect_failure(t, 20000, ERR_CLOSED, 1000, "unexpected EOF", "unexpected EOF");
        assert_string_equal(t->r.body, "part");
        break;
    case ENDS_BODY:
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        assert_string_equal(t->r.body, "all");
        break;
    case SENDS:    /* see below */
    case VANISHES: /* tls_test.c */
        break;
    case SERVES: /* of a version too old for us */
        expect_failure(t, 20000, ERR_TLS, 1010, "remote error: tls: protocol version not supported",
                       NULL);
        break;
    }
}

static void each_fault_gives_its_error(void **state)
{
    (void)state;
    for (int kind = SPEAKS_HTTP; kind < SENDS; kind++) {
        struct server s = {.kind = (enum server_kind)kind};
        with_server(&s, NULL, check_fault);
    }
    struct server old = {.kind = SERVES, .max_version = TLS1_1_VERSION};
    with_server(&old, NULL, check_fault);
}

struct reply {
    const char *bytes;
    size_t len;
    int code;
    const char *text;
};
#define ALERT(n)     "\x15\3\3\0\2\2" n, 7
#define HEADER_ERROR "tls: first record does not look like a TLS handshake"

static const struct reply replies[] = {
    {ALERT("\0"), 1000, "EOF"},
    {ALERT("\x0a"), 1010, "remote error: tls: unexpected message"},
    {ALERT("\x28"), 1010, "remote error: tls: handshake failure"},
    {ALERT("\x2a"), 1010, "remote error: tls: bad certificate"},
    {ALERT("\x2d"), 1010, "remote error: tls: expired certificate"},
    {ALERT("\x2f"), 1010, "remote error: tls: illegal parameter"},
    {ALERT("\x30"), 1010, "remote error: tls: unknown certificate authority"},
    {ALERT("\x32"), 1010, "remote error: tls: error decoding message"},
    {ALERT("\x46"), 1010, "remote error: tls: protocol version not supported"},
    {ALERT("\x50"), 1010, "remote error: tls: internal error"},
    {ALERT("\x70"), 1010, "remote error: tls: unrecognized name"},
    {ALERT("\x78"), 1010, "remote error: tls: no application protocol"},
    {ALERT("\xc8"), 1010, "remote error: tls: alert(200)"},
    {"\x16\3\3\0\x50\2", 6, 1000, "unexpected EOF"},
    {"\x16\3\3", 3, 1000, "unexpected EOF"},
    {"\x16\3\3\xff\xff\2\2\2\2\2\2", 11, 1301, "tls: oversized record received"},
    {"\x16\3\3\0\6\2\0\0\2\3\3", 11, 1010, "local error: tls: error decoding message"},
    {"\x16\3\3\0\4\x63\0\0\0", 9, 1010, "local error: tls: unexpected message"},
    {"\x16\3\3\0\x2a\2\0\0\x26\3\3"
     "0123456789abcdef0123456789abcdef"
     "\0\xfa\xfa\0",
     47, 1000, "tls: server chose an unconfigured cipher suite"},
    {"SSH-2.0-OpenSSH\r\n", 17, 1301, HEADER_ERROR},
};

static void check_reply(struct side *t)
{
    const struct reply *r = NULL;
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++)
        if (replies[i].bytes == t->server->body)
            r = &replies[i];
    assert_true(get(t, "127.0.0.1", 20000) < 0);
    assert_string_equal(t->r.last.error.text, r->text);
    assert_int_equal(t->r.last.error.code, r->code);
    assert_string_equal(t->r.last.error.detail, r->text);
}

static void an_answer_that_is_no_hello_is_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        struct server s = {.kind = SENDS, .body = replies[i].bytes, .body_len = replies[i].len};
        with_server(&s, NULL, check_reply);
    }
}

static void check_no_suite(struct side *t)
{
    expect_failure(t, 20000, ERR_TLS, 1010, "remote error: tls: handshake failure",
                   "remote error: tls: handshake failure");
}

static void a_suite_that_is_not_offered_is_none(void **state)
{
    struct server s = {
        .kind = SERVES, .max_version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384"};
    static const char *const suites[] = {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"};
    struct http_config config = {
        .insecure_skip_tls_verify = true, .cipher_suites = suites, .cipher_suite_count = 1};
    (void)state;
    with_server(&s, &config, check_no_suite);
}

TEST_SUITE(tls_refusal)
{
    TEST(verifies_unless_told_not_to)
    TEST(checks_names_dates_and_authorities)
    TEST(each_fault_gives_its_error)
    TEST(an_answer_that_is_no_hello_is_named)
    TEST(a_suite_that_is_not_offered_is_none)
    TEST_END
};
