/* target.c - the command `c6 target`: its arguments, its workers, its end. The routes are in
 * target_routes.c. Called by main. Description: doc/target.md. Tests: target_test.c, test/cli */
#include "cli/target.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "cli/run_args.h"
#include "cli/target_int.h"
#include "core/signals.h"

enum { MAX_WORKERS = 256 };

static const char usage[] =
    "Serves HTTP/1.1 and HTTP/2 for scripts to be tried against. GET / lists what it answers.\n"
    "HTTP/2 is for clients that negotiate it (--tls) or begin with it (with or without).\n"
    "\n"
    "Usage:\n"
    "  c6 target [flags]\n"
    "\n"
    "Flags:\n";

struct target_args {
    const char *listen;
    const char *cert, *key;
    bool use_tls;
    bool has_no_http2;
    bool wants_help;
    int workers;
};

static int set_text(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    const size_t *offset = flag->data;
    *(const char **)(void *)((char *)opaque + *offset) = value;
    return 0;
}

static int set_tls(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct target_args *a = opaque;
    return run_args_switch(value, &a->use_tls, e);
}

static int set_http1(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct target_args *a = opaque;
    return run_args_switch(value, &a->has_no_http2, e);
}

static int set_workers(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct target_args *a = opaque;
    uint64_t n = 0;
    if (num_parse_uint(str_of(value), &n) < 0 || n < 1 || n > MAX_WORKERS)
        return err_set(e, ERR_INVALID, "--workers must be a number from 1 to 256");
    a->workers = (int)n;
    return 0;
}

#define OFFSET(field) (&(const size_t){offsetof(struct target_args, field)})

static const struct arg_flag flags[] = {
    {"listen", 0, "address", NULL,
     "address and port (default " TARGET_DEFAULT_LISTEN "; port 0 takes a free one)", set_text,
     OFFSET(listen)},
    {"tls", 0, NULL, NULL, "HTTPS, with a self-signed certificate unless --cert is given", set_tls,
     NULL},
    {"cert", 0, "file", NULL, "certificate chain in PEM; implies --tls", set_text, OFFSET(cert)},
    {"key", 0, "file", NULL, "its key in PEM (default: in the same file)", set_text, OFFSET(key)},
    {"http1", 0, NULL, NULL, "HTTP/1.1 alone, no HTTP/2", set_http1, NULL},
    {"workers", 0, "int", NULL, "threads (default: one a processor)", set_workers, NULL},
};
enum { FLAG_COUNT = sizeof flags / sizeof flags[0] };
static const struct arg_list flag_rows = {flags, FLAG_COUNT};

void target_list_flags(struct flag_list *fills)
{
    memcpy(fills->items, flags, sizeof flags);
    fills->count = FLAG_COUNT;
}

static void put_help(void)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, usage);
    args_put_help(&text, &flag_rows);
    fputs(text.data, stdout);
    buf_deinit(&text);
}

static int parse_args(int argc, char **argv, struct target_args *a, struct err *e)
{
    int words;
    int rc = args_parse(&flag_rows, argc, argv, a, NULL, 0, &words, &a->wants_help, e);
    if (rc == 0 && a->key != NULL && a->cert == NULL) {
        rc = err_set(e, ERR_INVALID, "--key needs --cert");
        err_set_exit(e, EXIT_GENERIC);
    }
    a->use_tls = a->use_tls || a->cert != NULL;
    return rc;
}

static int cpu_count(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > MAX_WORKERS ? MAX_WORKERS : n;
}

static void wait_for_signal(int signal_fd)
{
    struct pollfd p = {.fd = signal_fd, .events = POLLIN};
    for (;;) {
        int n = poll(&p, 1, -1);
        if (n < 0 && errno != EINTR)
            return;
        int number = n > 0 ? signals_read(signal_fd) : 0;
        if (number == SIGINT || number == SIGTERM)
            return;
    }
}

static void say_where(const struct target_args *a, const struct httpd *h)
{
    const char *colon = strrchr(a->listen, ':');
    int host_len = (int)(colon - a->listen);
    printf("listening on %s://%.*s:%d\n", a->use_tls ? "https" : "http", host_len,
           host_len == 0 ? "" : a->listen, httpd_port(h));
    fflush(stdout);
}

static int serve(const struct target_args *a, struct err *e)
{
    int signal_fd =
        signals_open(); /* before any thread starts, so that all of them leave the signals to it */
    if (signal_fd < 0)
        return err_set(e, signal_fd, "cannot wait for signals: %s", err_code_text(signal_fd));
    signals_raise_file_limit();
    struct target_routes *routes = target_routes_new();
    struct worker **workers = mem_calloc((size_t)a->workers, sizeof *workers);
    int started = 0;
    bool is_short = false;
    for (int i = 0; i < a->workers; i++) {
        workers[i] = worker_new(i);
        is_short = is_short || workers[i] == NULL;
    }
    struct httpd_config config = {
        .listen = a->listen,
        .use_tls = a->use_tls,
        .has_http2 = !a->has_no_http2,
        .cert_file = a->cert,
        .key_file = a->key,
        .handle = target_handle,
        .opaque = routes,
    };
    struct httpd *h = NULL;
    int rc =
        !is_short
            ? 0
            : err_set(e, ERR_NO_FILES,
                      "no file descriptors left for %d threads; raise the limit with ulimit -n",
                      a->workers);
    while (rc == 0 && started < a->workers) {
        rc = worker_start(workers[started]);
        if (rc == 0)
            started++;
        else
            err_set(e, rc, "cannot start a thread: %s", err_code_text(rc));
    }
    if (rc == 0)
        rc = httpd_start(&h, workers, a->workers, &config, e);
    if (rc == 0) {
        say_where(a, h);
        wait_for_signal(signal_fd);
        httpd_stop(h);
    }
    for (int i = 0; i < started; i++)
        worker_stop(workers[i]);
    for (int i = 0; i < a->workers; i++)
        worker_free(workers[i]);
    mem_free(workers);
    target_routes_free(routes);
    signals_close(signal_fd);
    return rc;
}

int target_main(int argc, char **argv)
{
    struct target_args a = {.listen = TARGET_DEFAULT_LISTEN, .workers = cpu_count()};
    struct err e = {0};
    int rc = parse_args(argc, argv, &a, &e);
    if (rc == 0 && a.wants_help)
        put_help();
    else if (rc == 0)
        rc = serve(&a, &e);
    if (rc == 0)
        return EXIT_OK;
    fprintf(stderr, "c6 target: %s\n", e.msg == NULL ? err_code_text(rc) : e.msg);
    if (e.hint != NULL)
        fprintf(stderr, "           %s\n", e.hint);
    int exit_code = e.exit_code != 0 ? e.exit_code : EXIT_GENERIC;
    err_deinit(&e);
    return exit_code;
}
