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
#include "cli/target_int.h"
#include "core/signals.h"

enum { MAX_WORKERS = 256 };

static const char usage[] =
    "Serves HTTP/1.1 for scripts to be tried against. GET / lists what it answers.\n"
    "\n"
    "Usage:\n"
    "  c6 target [flags]\n"
    "\n"
    "Flags:\n"
    "      --listen ADDR    address and port (default " TARGET_DEFAULT_LISTEN
    "; port 0 takes a free one)\n"
    "      --tls            HTTPS, with a self-signed certificate unless --cert is given\n"
    "      --cert FILE      certificate chain in PEM; implies --tls\n"
    "      --key FILE       its key in PEM (default: in the same file)\n"
    "      --workers N      threads (default: one a processor)\n"
    "  -h, --help           this text\n";

struct target_args {
    const char *listen;
    const char *cert, *key;
    bool use_tls;
    bool wants_help;
    int workers;
};

static int usage_error(struct err *e, const char *fmt, const char *what)
{
    err_set(e, ERR_INVALID, fmt, what); /* NOLINT: fmt is one of the literals below */
    err_set_exit(e, EXIT_GENERIC);
    return ERR_INVALID;
}

static int unknown_flag(struct err *e, const char *arg)
{
    static const char *const flags[] = {"--listen",  "--tls",  "--cert", "--key",
                                        "--workers", "--help", NULL};
    char *name = mem_strndup(arg, strcspn(arg, "="));
    const char *near = str_nearest(name, flags);
    err_set(e, ERR_INVALID, "unknown flag: %s", name);
    if (near != NULL)
        err_set_hint(e, "did you mean %s?", near);
    else
        err_set_hint(e, "`c6 target --help` lists the flags");
    err_set_exit(e, EXIT_GENERIC);
    mem_free(name);
    return ERR_INVALID;
}

/* Is argv[*at] the flag `name`, as "--name VALUE" or "--name=VALUE"? Then moves *at onto its last
 * word. */
static bool take_value(int argc, char **argv, int *at, const char *name, const char **value,
                       struct err *e, int *rc)
{
    const char *arg = argv[*at];
    size_t len = strlen(name);
    if (strncmp(arg, name, len) != 0 || (arg[len] != '\0' && arg[len] != '='))
        return false;
    if (arg[len] == '=')
        *value = arg + len + 1;
    else if (*at + 1 < argc)
        *value = argv[++*at];
    else
        *rc = usage_error(e, "flag needs an argument: %s", name);
    return true;
}

static int parse_workers(const char *text, int *out, struct err *e)
{
    uint64_t n = 0;
    if (num_parse_uint(str_of(text), &n) < 0 || n < 1 || n > MAX_WORKERS)
        return usage_error(e, "--workers must be a number from 1 to 256, not \"%s\"", text);
    *out = (int)n;
    return 0;
}

static int parse_args(int argc, char **argv, struct target_args *a, struct err *e)
{
    int rc = 0;
    for (int i = 0; i < argc && rc == 0; i++) {
        const char *workers = NULL;
        if (strcmp(argv[i], "--tls") == 0)
            a->use_tls = true;
        else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            a->wants_help = true;
        else if (take_value(argc, argv, &i, "--workers", &workers, e, &rc))
            rc = rc < 0 ? rc : parse_workers(workers, &a->workers, e);
        else if (!take_value(argc, argv, &i, "--listen", &a->listen, e, &rc) &&
                 !take_value(argc, argv, &i, "--cert", &a->cert, e, &rc) &&
                 !take_value(argc, argv, &i, "--key", &a->key, e, &rc))
            rc = argv[i][0] == '-' && argv[i][1] != '\0'
                     ? unknown_flag(e, argv[i])
                     : usage_error(e, "unexpected argument: %s", argv[i]);
    }
    if (rc == 0 && a->key != NULL && a->cert == NULL)
        rc = usage_error(e, "%s", "--key needs --cert");
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
    for (int i = 0; i < a->workers; i++)
        workers[i] = worker_new(i);
    struct httpd_config config = {
        .listen = a->listen,
        .use_tls = a->use_tls,
        .cert_file = a->cert,
        .key_file = a->key,
        .handle = target_handle,
        .opaque = routes,
    };
    struct httpd *h = NULL;
    int rc = 0;
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
        fputs(usage, stdout);
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
