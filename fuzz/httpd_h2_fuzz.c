/* httpd_h2_fuzz.c - fuzz driver of the small server's HTTP/2 (httpd_h2.c): bytes of a client, over
 * a pair of sockets and cut in two, end without harm: all streams and the connection are gone
 * afterwards. The first byte says where the cut is. Corpus: fuzz/corpus/httpd_h2. Replayed by
 * httpd_h2_test.c */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "net/h2_frame.h"
#include "net/httpd_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct h2_fuzz_rig {
    struct httpd server;
    struct httpd_listener listener;
    int fd; /* the client's */
    const uint8_t *data;
    size_t len, cut;
    bool is_done;
};

static void h2_fuzz_handle(void *opaque, struct httpd_conn *c, const struct httpd_request *r)
{
    (void)opaque;
    if (r->path.len == 2 && r->path.p[1] == 'p') {
        httpd_answer_head(c, 200, "text/plain", STR(""), -1);
        for (size_t i = 0; i < 50; i++)
            if (httpd_put(c, r->head) < 0 || httpd_sleep(c, 1000) < 0)
                break;
    } else if (r->path.len == 2 && r->path.p[1] == 'r') {
        httpd_reset_stream(c, H2_CANCEL);
    } else {
        httpd_answer(c, 200, "text/plain", r->body.len > 3 ? STR("X: y\r\n") : STR(""), r->body);
    }
}

static void h2_fuzz_send(struct h2_fuzz_rig *rig, const uint8_t *data, size_t len)
{
    if (len > 0 && send(rig->fd, data, len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
        return; /* the server had enough */
}

static void h2_fuzz_client(void *arg)
{
    struct h2_fuzz_rig *rig = arg;
    char drop[4096];
    h2_fuzz_send(rig, (const uint8_t *)H2_PREFACE, H2_PREFACE_LEN);
    h2_fuzz_send(rig, rig->data, rig->cut);
    for (int i = 0; i < 3; i++)
        fiber_yield(rig->listener.worker);
    h2_fuzz_send(rig, rig->data + rig->cut, rig->len - rig->cut);
    shutdown(rig->fd, SHUT_WR);
    for (int i = 0; i < 100 && rig->listener.conn_count > 0; i++) {
        while (recv(rig->fd, drop, sizeof drop, MSG_DONTWAIT) > 0)
            ;
        fiber_yield(rig->listener.worker);
    }
    close(rig->fd); /* a handler that still waits for room waits no longer */
    while (rig->listener.conn_count > 0)
        fiber_sleep_until(rig->listener.worker, 0);
    rig->is_done = true;
}

static bool h2_fuzz_is_done(void *opaque)
{
    return ((struct h2_fuzz_rig *)opaque)->is_done;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int pair[2];
    if (size < 1)
        return 0;
    struct h2_fuzz_rig rig = {.data = data + 1, .len = size - 1};
    rig.cut = (size_t)data[0] * rig.len / 255;
    rig.server.config = (struct httpd_config){
        .max_head = 1024, .max_body = 1024, .has_http2 = true, .handle = h2_fuzz_handle};
    rig.listener.server = &rig.server;
    rig.listener.worker = worker_new(0);
    rig.listener.date_sec = -1;
    list_init(&rig.listener.conns);
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) == 0);
    rig.fd = pair[0];
    httpd_conn_start(&rig.listener, pair[1]);
    fiber_spawn(rig.listener.worker, FIBER_HELPER, h2_fuzz_client, &rig);
    worker_run_here(rig.listener.worker, h2_fuzz_is_done, &rig);
    worker_free(rig.listener.worker);
    return 0;
}
