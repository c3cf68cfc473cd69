/* mod_http_debug_test.c - answers as the option httpDebug shows them. */
#include "modules/http/http_int.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static void check(struct http_response *r, bool has_body, const char *want)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    mod_http_debug_put_answer(&out, r, has_body);
    assert_string_equal(out.data, want);
    buf_deinit(&out);
}

/* An answer with these fields. Its body is text. */
static void make(struct http_response *r, const char *method, int status, const char *status_text,
                 struct http_header *headers, size_t count, const char *body)
{
    http_response_init(r);
    r->status = status;
    r->status_text = str_of(status_text);
    r->headers = headers;
    r->header_count = count;
    r->last.method = str_of(method);
    r->last.proto = STR("HTTP/1.1");
    r->body = mem_strdup(body);
    r->body_len = strlen(body);
}

static void fields_are_in_order_and_the_length_comes_first(void **state)
{
    struct http_response r;
    struct http_header h[] = {{STR("server"), STR("s")},
                              {STR("X-A"), STR("2")},
                              {STR("Content-Length"), STR("2")},
                              {STR("connection"), STR("keep-alive")},
                              {STR("x-a"), STR("1")}};
    (void)state;
    make(&r, "GET", 404, "404 Not Found", h, 5, "hi");
    check(&r, true,
          "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: keep-alive\r\nServer: s\r\n"
          "X-A: 2\r\nX-A: 1\r\n\r\nhi");
    check(&r, false,
          "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: keep-alive\r\nServer: s\r\n"
          "X-A: 2\r\nX-A: 1\r\n\r\n");
    http_response_deinit(&r);
}

static void an_empty_body_says_so_behind_the_fields(void **state)
{
    struct http_response r;
    struct http_header h[] = {{STR("Content-Length"), STR("0")}, {STR("Server"), STR("s")}};
    (void)state;
    make(&r, "GET", 200, "200 OK", h, 2, "");
    check(&r, true, "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 0\r\n\r\n");
    r.last.method = STR("POST");
    check(&r, true, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nServer: s\r\n\r\n");
    r.last.method = STR("GET");
    r.status = 204;
    r.status_text = STR("204");
    check(&r, true, "HTTP/1.1 204 204\r\nServer: s\r\n\r\n");
    http_response_deinit(&r);
}

static void a_body_without_an_end_closes(void **state)
{
    struct http_response r;
    struct http_header h[] = {{STR("Connection"), STR("Close")}};
    (void)state;
    make(&r, "GET", 200, "200 OK", h, 0, "x");
    check(&r, true, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nx");
    r.last.proto = STR("HTTP/2.0");
    check(&r, true, "HTTP/2.0 200 OK\r\nConnection: close\r\n\r\nx");
    r.last.proto = STR("HTTP/1.0");
    check(&r, true, "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nx");
    r.header_count = 1;
    check(&r, true, "HTTP/1.0 200 OK\r\nConnection: Close\r\n\r\nx");
    http_response_deinit(&r);
}

static void chunks_are_one_chunk_with_its_trailers(void **state)
{
    struct http_response r;
    (void)state;
    make(&r, "GET", 200, "200 OK", NULL, 0, "hello hello hello");
    r.last.is_chunked = true;
    check(&r, true,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11\r\nhello hello "
          "hello\r\n0\r\n\r\n");
    r.last.trailer_names = STR("x-sum, x-a");
    r.last.trailers = STR("X-Sum: 1\r\nx-b:2\r\n");
    check(&r, true,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-A,X-B,X-Sum\r\n\r\n"
          "11\r\nhello hello hello\r\n0\r\nX-B: 2\r\nX-Sum: 1\r\n\r\n");
    http_response_deinit(&r);
}

static void an_answer_to_head_has_a_length_and_no_body(void **state)
{
    struct http_response r;
    struct http_header h[] = {{STR("Content-Length"), STR("5")}};
    (void)state;
    make(&r, "HEAD", 200, "200 OK", h, 1, "");
    check(&r, true, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    http_response_deinit(&r);
}

TEST_SUITE(mod_http_debug)
{
    TEST(fields_are_in_order_and_the_length_comes_first)
    TEST(an_empty_body_says_so_behind_the_fields)
    TEST(a_body_without_an_end_closes)
    TEST(chunks_are_one_chunk_with_its_trailers)
    TEST(an_answer_to_head_has_a_length_and_no_body)
    TEST_END
};
