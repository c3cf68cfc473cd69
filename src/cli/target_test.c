/* target_test.c - every route of `c6 target` over loopback, and its arguments. */
#include "cli/target.h"

#include <zlib.h>

#include "base/mem.h"
#include "cli/target_int.h"
#include "test.h"
#include "wire.h"

struct rig {
    struct worker *worker;
    struct target_routes *routes;
    struct httpd *h;
    uint16_t port;
};

static void rig_open(struct rig *rig)
{
    struct err e = {0};
    rig->worker = worker_new(0);
    rig->routes = target_routes_new();
    assert_int_equal(worker_start(rig->worker), 0);
    struct httpd_config config = {
        .listen = "127.0.0.1:0", .handle = target_handle, .opaque = rig->routes};
    assert_int_equal(httpd_start(&rig->h, &rig->worker, 1, &config, &e), 0);
    rig->port = httpd_port(rig->h);
}

static void rig_close(struct rig *rig)
{
    httpd_stop(rig->h);
    worker_stop(rig->worker);
    worker_free(rig->worker);
    target_routes_free(rig->routes);
}

/* headers: "Name: value\r\n" lines or "". */
static char *ask(struct rig *rig, const char *method, const char *path, const char *headers,
                 const char *body)
{
    char *request = mem_printf("%s %s HTTP/1.1\r\nHost: h\r\n%sContent-Length: %zu\r\n\r\n%s",
                               method, path, headers, strlen(body), body);
    char *answer = wire_exchange(rig->port, request);
    mem_free(request);
    return answer;
}

/* GET path: the answer's status line must hold status, the whole answer each of the parts. */
static void assert_get(struct rig *rig, const char *path, int status, const char *part)
{
    char *answer = ask(rig, "GET", path, "", "");
    if (atoi(answer + 9) != status || strstr(answer, part) == NULL)
        fail_msg("GET %s: wanted %d and \"%s\", got: %s", path, status, part, answer);
    free(answer);
}

static struct json *ask_json(struct rig *rig, const char *method, const char *path,
                             const char *headers, const char *body)
{
    char *answer = ask(rig, method, path, headers, body);
    struct json *v = json_parse(str_of(wire_body(answer)), NULL);
    if (v == NULL)
        fail_msg("no JSON: %s", answer);
    free(answer);
    return v;
}

static void assert_member(const struct json *object, const char *key, const char *want)
{
    const struct json *v = json_get(object, key);
    if (v == NULL || v->type != JSON_STRING || !str_eqs(v->text, want))
        fail_msg("%s is not \"%s\"", key, want);
}

static void plain_routes_answer(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_get(&rig, "/", 200, "/faults/NAME");
    assert_get(&rig, "/", 200, "endless-headers");
    assert_get(&rig, "/text", 200, "\r\n\r\nHello from c6.\n");
    assert_get(&rig, "/text?cache=no", 200, "Hello");
    assert_get(&rig, "/delay/1", 200, "Hello");
    assert_get(&rig, "/chunked/2", 200, "d\r\nchunk 1 of 2\n\r\nd\r\nchunk 2 of 2\n\r\n0\r\n\r\n");
    assert_get(&rig, "/drip?bytes=3&ms=3", 200, "Content-Length: 3\r\n\r\n***");
    assert_get(&rig, "/nope", 404, "\"error\"");
    struct json *v = ask_json(&rig, "GET", "/json", "", "");
    assert_int_equal(json_get(v, "items")->len, 3);
    json_free(v);
    rig_close(&rig);
}

static void statuses_are_as_asked(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_get(&rig, "/status/404", 404, "404 Not Found\n");
    assert_get(&rig, "/status/204", 204, "\r\n\r\n");
    assert_get(&rig, "/status/599", 599, "599 Unknown");
    assert_get(&rig, "/status/301", 301, "Location: /text\r\n");
    assert_get(&rig, "/status/199", 400, "error");
    assert_get(&rig, "/status/600", 400, "error");
    assert_get(&rig, "/status/", 400, "error");
    assert_get(&rig, "/status/-1", 400, "error");
    rig_close(&rig);
}

static void sizes_are_as_asked(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    static const size_t sizes[] = {0, 1, 1000, 65536, 65537, 500000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "/bytes/%zu", sizes[i]);
        char *answer = ask(&rig, "GET", path, "", "");
        assert_int_equal(strlen(wire_body(answer)), sizes[i]);
        free(answer);
        answer = ask(&rig, "HEAD", path, "", "");
        assert_string_equal(wire_body(answer), "");
        free(answer);
    }
    assert_get(&rig, "/bytes/99999999999", 400, "error");
    assert_get(&rig, "/delay/60001", 400, "error");
    assert_get(&rig, "/drip?bytes=x", 400, "error");
    rig_close(&rig);
}

static void packed_answers_unpack(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    static const char *const paths[] = {"/gzip", "/deflate"};
    for (int i = 0; i < 2; i++) {
        int fd = wire_open(rig.port);
        size_t len = 0;
        char *request =
            mem_printf("GET %s HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", paths[i]);
        wire_send(fd, request);
        char *answer = wire_read_all(fd, &len, NULL);
        const char *body = wire_body(answer);
        char out[1024];
        z_stream z = {0};
        assert_int_equal(inflateInit2(&z, 15 + 32), Z_OK);
        z.next_in = (Bytef *)(uintptr_t)body;
        z.avail_in = (uInt)(len - (size_t)(body - answer));
        z.next_out = (Bytef *)out;
        z.avail_out = sizeof out - 1;
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        out[z.total_out] = '\0';
        inflateEnd(&z);
        assert_non_null(strstr(out, "\"service\":\"c6 target\""));
        free(answer);
        mem_free(request);
        close(fd);
    }
    rig_close(&rig);
}

static void echo_tells_what_was_sent(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    struct json *v =
        ask_json(&rig, "PUT", "/echo?a=1&b=x+y&a=%32&flag&bad=%zz",
                 "Content-Type: application/json\r\nX-A: 1\r\nX-A: 2\r\n", "{\"k\":[1]}");
    assert_member(v, "method", "PUT");
    assert_member(v, "path", "/echo");
    assert_member(v, "query", "a=1&b=x+y&a=%32&flag&bad=%zz");
    assert_member(v, "body", "{\"k\":[1]}");
    assert_member(json_get(v, "args"), "b", "x y");
    assert_member(json_get(v, "args"), "flag", "");
    assert_member(json_get(v, "args"), "bad", "%zz");
    assert_true(str_eqs(json_get(json_get(v, "args"), "a")->items[1]->text, "2"));
    assert_int_equal(json_get(json_get(v, "headers"), "X-A")->len, 2);
    assert_int_equal(json_get(json_get(v, "json"), "k")->len, 1);
    json_free(v);
    v = ask_json(&rig, "POST", "/echo", "Content-Type: application/x-www-form-urlencoded\r\n",
                 "x=1&y=%26");
    assert_member(json_get(v, "form"), "y", "&");
    json_free(v);
    v = ask_json(&rig, "POST", "/echo", "", "\xff\x01");
    assert_member(v, "body_base64", "/wE=");
    json_free(v);
    v = ask_json(&rig, "POST", "/echo", "Content-Type: application/json\r\n", "{bad");
    assert_null(json_get(v, "json"));
    json_free(v);
    rig_close(&rig);
}

static void cookies_are_set_told_and_deleted(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_get(&rig, "/cookies/set?a=1&b=2", 302,
               "Location: /cookies\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2; Path=/\r\n");
    assert_get(&rig, "/cookies/delete?a", 302, "Set-Cookie: a=; Path=/; Max-Age=0\r\n");
    assert_get(&rig, "/cookies/set?a=x%0d%0aEvil:%201", 400, "error");
    assert_get(&rig, "/cookies/set?a=x;y", 400, "error");
    struct json *v = ask_json(&rig, "GET", "/cookies", "Cookie: a=1; b=2;c\r\ncookie: d=\r\n", "");
    assert_int_equal(json_get(v, "cookies")->len, 3);
    assert_member(json_get(v, "cookies"), "b", "2");
    assert_member(json_get(v, "cookies"), "d", "");
    json_free(v);
    rig_close(&rig);
}

static void redirects_lead_on(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_get(&rig, "/redirect/3", 302, "Location: /redirect/2\r\n");
    assert_get(&rig, "/redirect/1", 302, "Location: /text\r\n");
    assert_get(&rig, "/redirect/0", 200, "Hello");
    assert_get(&rig, "/redirect/9999", 400, "error");
    assert_get(&rig, "/redirect-to?url=http%3A%2F%2Fx%2Fy&status=307", 307,
               "Location: http://x/y\r\n");
    assert_get(&rig, "/redirect-to?url=a%0d%0ab", 400, "error");
    assert_get(&rig, "/redirect-to", 400, "error");
    assert_get(&rig, "/redirect-to?url=/&status=200", 400, "error");
    rig_close(&rig);
}

static void login_opens_what_is_behind_it(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_get(&rig, "/login", 200, "<form");
    assert_get(&rig, "/my/profile", 401, "WWW-Authenticate");
    struct json *v = ask_json(&rig, "POST", "/login", "", "user=ann&password=secret");
    assert_member(v, "user", "ann");
    char *bearer = mem_printf("Authorization: Bearer %s\r\n", json_get(v, "token")->text.p);
    char *cookie = mem_printf("Cookie: x=y; session=%s\r\n", json_get(v, "token")->text.p);
    char *forged =
        mem_printf("Authorization: Bearer 626f62%s\r\n", strchr(json_get(v, "token")->text.p, '.'));
    json_free(v);
    v = ask_json(&rig, "GET", "/my/profile", bearer, "");
    assert_member(v, "user", "ann");
    json_free(v);
    v = ask_json(&rig, "GET", "/my/orders", cookie, "");
    assert_int_equal(json_get(v, "orders")->len, 2);
    json_free(v);
    v = ask_json(&rig, "POST", "/my/orders", cookie, "{\"item\":\"plum\",\"count\":4}");
    assert_member(v, "item", "plum");
    assert_true(json_get(v, "count")->number == 4);
    json_free(v);
    static const char *const bad_tokens[] = {
        "Authorization: Bearer \r\n", "Authorization: Bearer .\r\n",
        "Authorization: Basic eDp5\r\n", "Cookie: session=zz.00\r\n", "Cookie: session\r\n"};
    for (size_t i = 0; i < 5; i++) {
        char *answer = ask(&rig, "GET", "/my/profile", bad_tokens[i], "");
        assert_int_equal(atoi(answer + 9), 401);
        free(answer);
    }
    char *answer = ask(&rig, "GET", "/my/profile", forged, "");
    assert_int_equal(atoi(answer + 9), 401);
    free(answer);
    answer = ask(&rig, "GET", "/my/else", bearer, "");
    assert_int_equal(atoi(answer + 9), 404);
    free(answer);
    mem_free(bearer);
    mem_free(cookie);
    mem_free(forged);
    rig_close(&rig);
}

static void login_refuses(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    static const struct {
        const char *method, *body;
        int status;
    } cases[] = {
        {"POST", "{\"username\":\"ann\",\"password\":\"secret\"}", 200},
        {"POST", "user=ann&password=wrong", 401},
        {"POST", "user=ann", 400},
        {"POST", "user=&password=secret", 400},
        {"POST", "{\"user\":1,\"password\":\"secret\"}", 400},
        {"POST", "", 400},
        {"PUT", "user=ann&password=secret", 405},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *answer = ask(&rig, cases[i].method, "/login", "", cases[i].body);
        assert_int_equal(atoi(answer + 9), cases[i].status);
        free(answer);
    }
    char *deep = mem_alloc(100001);
    memset(deep, '[', 100000);
    deep[100000] = '\0';
    char *answer = ask(&rig, "POST", "/login", "", deep);
    assert_int_equal(atoi(answer + 9), 400);
    free(answer);
    mem_free(deep);
    answer = ask(&rig, "POST", "/logout", "", "");
    assert_non_null(strstr(answer, "Set-Cookie: session=; Path=/; Max-Age=0\r\n"));
    free(answer);
    rig_close(&rig);
}

static void assert_says(struct rig *rig, const char *path, const char *said, int status,
                        const char *part)
{
    char *header = mem_printf("Authorization: %s\r\n", said);
    char *answer = ask(rig, "GET", path, said[0] ? header : "", "");
    if (atoi(answer + 9) != status || strstr(answer, part) == NULL)
        fail_msg("%s to %s: wanted %d and \"%s\", got: %s", said, path, status, part, answer);
    free(answer);
    mem_free(header);
}

static void proofs_are_asked_for(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_get(&rig, "/auth/nope", 404, "/auth/ntlm");
    assert_says(&rig, "/auth/basic", "", 401, "WWW-Authenticate: Basic realm=\"c6 target\"");
    assert_says(&rig, "/auth/basic", "basic YW5uOnNlY3JldA==", 200, "\"user\":\"ann\"");
    assert_says(&rig, "/auth/basic", "Basic YW5uOm90aGVy", 401, "");
    assert_says(&rig, "/auth/basic", "Basic !", 401, "");
    assert_says(&rig, "/auth/digest", "", 401, "Digest realm=\"c6 target\", nonce=\"");
    assert_says(&rig, "/auth/digest", "Digest", 401, "");
    assert_says(&rig, "/auth/digest", "Digest a, b=, =c, username=\"", 401, "");
    assert_says(&rig, "/auth/ntlm", "", 401, "WWW-Authenticate: NTLM\r\n");
    assert_says(&rig, "/auth/ntlm", "NTLM TlRMTVNTUAABAAAAAAAAAA==", 401, "NTLM TlRMTVNTUAACAAAA");
    assert_says(&rig, "/auth/ntlm", "NTLM TlRMTVNTUAADAAAAAAAAAA==", 401, "");
    assert_says(&rig, "/auth/ntlm", "NTLM TlRM", 401, "WWW-Authenticate: NTLM\r\n");
    rig_close(&rig);
}

/* What comes back from a fault whose connection the server ends. */
static char *ask_fault(struct rig *rig, const char *name, int *reset)
{
    int fd = wire_open(rig->port);
    char *request = mem_printf("GET /faults/%s HTTP/1.1\r\nHost: h\r\n\r\n", name);
    wire_send(fd, request);
    char *all = wire_read_all(fd, NULL, reset);
    close(fd);
    mem_free(request);
    return all;
}

static void faults_break_the_protocol(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    static const struct {
        const char *name, *part;
        int reset;
        size_t body_len; /* 0: not looked at */
    } cases[] = {
        {"reset", "", 1, 0},
        {"close", "", 0, 0},
        {"truncate", "Content-Length: 1000\r\n", 0, 500},
        {"reset-body", "Content-Length: 1000\r\n", 1, 500},
        {"badheader", "This line is no header", 0, 0},
        {"badlength", "Content-Length: -5", 0, 0},
        {"badchunk", "\r\nzz\r\n", 0, 0},
        {"garbage", "ELF", 0, 0},
        {"endless-headers", "X-Endless-", 0, 0},
        {"endless-body", "1000\r\n", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int reset = 0;
        char *all = ask_fault(&rig, cases[i].name, &reset);
        assert_int_equal(reset, cases[i].reset);
        if (strstr(all, cases[i].part) == NULL)
            fail_msg("%s gave: %.200s", cases[i].name, all);
        if (cases[i].body_len > 0)
            assert_int_equal(strlen(wire_body(all)), cases[i].body_len);
        free(all);
    }
    assert_get(&rig, "/faults/badgzip", 200, "this is not gzip");
    assert_get(&rig, "/faults/nope", 404, "truncate");
    rig_close(&rig);
}

static void a_hanging_answer_ends_with_the_client_or_the_server(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_get(&rig, "/faults/hang", 0,
               ""); /* the client's end is seen: nothing comes, and the connection ends */
    int fd = wire_open(rig.port);
    wire_send(fd, "GET /faults/hang-body HTTP/1.1\r\nHost: h\r\n\r\n");
    char data[16];
    assert_true(recv(fd, data, sizeof data, 0) > 0);
    rig_close(&rig);
    close(fd);
}

static int run_main(const char *a, const char *b)
{
    char *argv[3] = {(char *)(uintptr_t)a, (char *)(uintptr_t)b, NULL};
    return target_main(b == NULL ? 1 : 2, argv);
}

static void wrong_arguments_end_it(void **state)
{
    (void)state;
    assert_int_equal(run_main("--lisen", "x"), EXIT_GENERIC);
    assert_int_equal(run_main("--listen", NULL), EXIT_GENERIC);
    assert_int_equal(run_main("--listen=here", NULL), EXIT_GENERIC);
    assert_int_equal(run_main("--workers", "0"), EXIT_GENERIC);
    assert_int_equal(run_main("--workers=many", NULL), EXIT_GENERIC);
    assert_int_equal(run_main("--key", "k.pem"), EXIT_GENERIC);
    assert_int_equal(run_main("extra", NULL), EXIT_GENERIC);
    assert_int_equal(run_main("--cert=/nonexistent.pem", "--listen=127.0.0.1:0"), EXIT_GENERIC);
    assert_int_equal(run_main("-h", NULL), EXIT_OK);
}

TEST_SUITE(target)
{
    TEST(plain_routes_answer)
    TEST(statuses_are_as_asked)
    TEST(sizes_are_as_asked)
    TEST(packed_answers_unpack)
    TEST(echo_tells_what_was_sent)
    TEST(cookies_are_set_told_and_deleted)
    TEST(redirects_lead_on)
    TEST(login_opens_what_is_behind_it)
    TEST(login_refuses)
    TEST(proofs_are_asked_for)
    TEST(faults_break_the_protocol)
    TEST(a_hanging_answer_ends_with_the_client_or_the_server)
    TEST(wrong_arguments_end_it)
    TEST_END
};
