/* command_frame.c - see command_frame.h. Tests: test/cli */
#include "cli/command_frame.h"

#include <errno.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/log_args.h"

int command_frame_print(struct str text, struct err *e)
{
    while (text.len > 0) {
        ssize_t n = write(STDOUT_FILENO, text.p, text.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            int rc = err_from_errno(errno);
            return err_set(e, rc, "can't write to standard output: %s", err_code_text(rc));
        }
        text.p += n;
        text.len -= (size_t)n;
    }
    return 0;
}

int command_frame_print_help(const struct command_spec *spec, struct err *e)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, spec->usage);
    buf_adds(&text, "\nFlags:\n");
    run_args_put_help(&text, &spec->flags);
    int rc = command_frame_print((struct str){text.data, text.len}, e);
    buf_deinit(&text);
    return rc;
}

int command_frame_run(struct command_frame *f, const struct command_spec *spec, int argc,
                      char **argv)
{
    struct err e = {0};
    int exit_code = EXIT_OK;
    int rc = run_args_parse(&f->args, &spec->flags, argc, argv, &e);
    if (rc == 0)
        rc = log_args_open(&f->args, &f->logger, &e);
    if (f->logger == NULL)
        f->logger = log_args_fallback(&f->args);
    if (rc == 0)
        rc = f->args.wants_help ? command_frame_print_help(spec, &e) : spec->body(f, &e);
    if (rc < 0) {
        log_err(f->logger, &e);
        exit_code = e.exit_code != 0 ? e.exit_code : EXIT_GENERIC;
    }
    err_deinit(&e);
    log_free(f->logger);
    run_args_deinit(&f->args);
    return exit_code;
}
