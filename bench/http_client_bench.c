/* http_client_bench.c - requests per second of the HTTP client alone: fibers that send GET after
 * GET on one worker, no JavaScript. Not built by default; from the root of the checkout, after a
 * build of the layers base, core and net in BUILD:
 *     cc -O2 -D_GNU_SOURCE -Isrc bench/http_client_bench.c -Wl,--start-group
 * BUILD/libc6_{net,core,base}.a -Wl,--end-group \ -l:libcares.a -l:libbrotlidec.a
 * -l:libbrotlicommon.a -l:libzstd.a -l:libz.a -l:libboost_context.a -lssl -lcrypto -lpthread -lm
 *     ./a.out URL [fibers [seconds]]
 * Prints requests, errors, requests/s, CPU time a request in user and kernel, and the median
 * duration. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "core/worker.h"
#include "net/http_client.h"

enum { BUCKETS = 100000 }; /* of 1 us */

struct bench {
    struct worker *w;
    struct http_shared *shared;
    struct url *url;
    int64_t end_ns;
    uint64_t requests, errors;
    int alive;
    uint32_t durations[BUCKETS];
};

static void run_vu(void *arg)
{
    struct bench *b = arg;
    struct http_client *c = http_client_new(b->shared);
    struct http_response r;
    http_response_init(&r);
    while (clock_now_ns() < b->end_ns) {
        struct http_request q = {.method = STR("GET"),
                                 .url = b->url,
                                 .max_redirects = 10,
                                 .deadline_ns = clock_now_ns() + INT64_C(60) * 1000000000};
        if (http_client_do(c, &q, &r) < 0) {
            if (b->errors++ == 0)
                fprintf(stderr, "%s\n", r.last.error.detail);
        }
        int64_t us = r.last.t.duration / 1000;
        b->durations[us < BUCKETS ? us : BUCKETS - 1]++;
        b->requests++;
        http_response_reset(&r);
    }
    http_response_deinit(&r);
    http_client_free(c);
    b->alive--;
}

static bool is_done(void *opaque)
{
    return ((struct bench *)opaque)->alive == 0;
}

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int median_us(const struct bench *b)
{
    uint64_t seen = 0;
    for (int i = 0; i < BUCKETS; i++)
        if ((seen += b->durations[i]) * 2 >= b->requests)
            return i;
    return 0;
}

int main(int argc, char **argv)
{
    struct http_config config = {.insecure_skip_tls_verify = true,
                                 .user_agent = "c6-bench",
                                 .dns_ttl_ns = INT64_C(300) * 1000000000};
    struct bench *b = mem_calloc(1, sizeof *b);
    if (argc < 2 || url_parse(&b->url, str_of(argv[1]), NULL) < 0) {
        fprintf(stderr, "usage: http_client_bench URL [fibers [seconds]]\n");
        return 2;
    }
    int fibers = argc > 2 ? atoi(argv[2]) : 50;
    int secs = argc > 3 ? atoi(argv[3]) : 5;
    b->w = worker_new(0);
    if (http_shared_new(&b->shared, b->w, &config, NULL) < 0)
        return 1;
    int64_t begun_ns = clock_now_ns();
    b->end_ns = begun_ns + secs * INT64_C(1000000000);
    b->alive = fibers;
    for (int i = 0; i < fibers; i++)
        fiber_spawn(b->w, FIBER_VU, run_vu, b);
    worker_run_here(b->w, is_done, b);
    double took = (double)(clock_now_ns() - begun_ns) / 1e9;
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    double n = (double)(b->requests > 0 ? b->requests : 1);
    printf("%llu requests, %llu errors, %.0f/s, user %.2f us, kernel %.2f us a request, median %d "
           "us\n",
           (unsigned long long)b->requests, (unsigned long long)b->errors, n / took,
           seconds_of(use.ru_utime) / n * 1e6, seconds_of(use.ru_stime) / n * 1e6, median_us(b));
    http_shared_free(b->shared);
    url_free(b->url);
    worker_free(b->w);
    mem_free(b);
    return 0;
}
