/* run_summary.c - writes what a run comes to: to standard output, to --summary-export's file, or
 * wherever handleSummary says. Source: k6 docs, "Custom summary". Tests: test/cli/summary.sh */
#include "cli/run_summary.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/version.h"
#include "core/clock.h"
#include "exec/run_state.h"

enum { TEXT_MAX = 256 << 20, EXPORT_INDENT = 4 };

static int write_all(int fd, struct str text)
{
    while (text.len > 0) {
        ssize_t n = write(fd, text.p, text.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_from_errno(errno);
        text.p += n;
        text.len -= (size_t)n;
    }
    return 0;
}

/* Appends what went wrong to problems. */
static void save(const char *where, struct str text, struct buf *problems)
{
    int rc;
    if (strcmp(where, "stdout") == 0) {
        rc = write_all(STDOUT_FILENO, text);
    } else if (strcmp(where, "stderr") == 0) {
        rc = write_all(STDERR_FILENO, text);
    } else {
        int fd = open(where, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (fd < 0) {
            buf_addf(problems, "\n\t- could not open '%s': %s", where, strerror(errno));
            return;
        }
        rc = write_all(fd, text);
        if (close(fd) < 0 && rc == 0)
            rc = err_from_errno(errno);
    }
    if (rc < 0)
        buf_addf(problems, "\n\t- error saving summary to '%s': %s", where, err_code_text(rc));
}

static void log_handling_error(struct logger *lg, const char *error)
{
    log_record(lg, LOG_ERROR, NULL, error, NULL, 0,
               STR("failed to handle the end-of-test summary"));
}

static void report_problems(struct logger *lg, const struct buf *problems)
{
    if (problems->len == 0)
        return;
    char *text = mem_printf("Could not save some summary information:%s", problems->data);
    log_handling_error(lg, text);
    mem_free(text);
}

static void put_machine_readable(struct buf *out, const struct summary *s,
                                 const struct loaded_test *t)
{
    struct summary_meta meta = {
        .script = t->script_text,
        .version = C6_K6_VERSION,
        .wall_ns = clock_wall_ns(),
    };
    summary_put_machine_readable(out, s, &meta);
}

static bool wants_export(const struct run_args *args)
{
    return args->summary_export != NULL && *args->summary_export != '\0';
}

/* The text for --summary-export's file, from what handleSummary left of its argument. Negative
 * when that can't be written down. */
static int put_export(struct buf *out, const struct summary *s, const struct loaded_test *t,
                      const struct run_args *args, const struct summary_call *call)
{
    if (call->is_called && call->data_after == NULL)
        return ERR_INVALID; /* it refers to itself */
    if (call->data_after == NULL && args->machine_summary.v) {
        put_machine_readable(out, s, t);
    } else if (call->data_after == NULL) {
        summary_put_export(out, s);
    } else if (args->machine_summary.v) {
        struct json *document = json_parse(str_of(call->data_after), NULL);
        if (document == NULL)
            return ERR_INVALID;
        json_print(out, document, EXPORT_INDENT);
        json_free(document);
    } else {
        return summary_put_export_of(out, str_of(call->data_after));
    }
    return 0;
}

/* The export replaces what would go to the same place. */
static bool is_export(const struct run_args *args, const char *where)
{
    return wants_export(args) && strcmp(args->summary_export, where) == 0;
}

static void save_text(const struct summary *s, struct buf *problems)
{
    struct buf text;
    buf_init(&text, TEXT_MAX);
    summary_put_text(&text, s);
    save("stdout", (struct str){text.data, text.len}, problems);
    buf_deinit(&text);
}

/* The object that handleSummary returned: {"where": "text"}. */
static void save_handled(const char *json_text, const struct run_args *args, struct buf *problems)
{
    struct err e = {0};
    struct json *v = json_parse(str_of(json_text), &e);
    for (size_t i = 0; v != NULL && v->type == JSON_OBJECT && i < v->len; i++)
        if (!is_export(args, v->keys[i].p))
            save(v->keys[i].p, v->items[i]->text, problems);
    json_free(v);
    err_deinit(&e);
}

static struct summary *make_summary(struct run *r, const struct loaded_test *t,
                                    const struct run_args *args)
{
    struct run_outcome outcome;
    run_get_outcome(r, &outcome);
    char *setup_data = mem_strndup(run_setup_data(r).p, run_setup_data(r).len);
    bool is_stdout_tty = run_args_is_terminal(STDOUT_FILENO);
    struct summary_input input = {
        .metrics = t->metrics,
        .duration_ns = outcome.duration_ns,
        .mode = args->summary_mode,
        .trend_stats = (const char *const *)t->options.summary_trend_stats.v,
        .trend_stat_count = t->options.summary_trend_stats.count,
        .time_unit = t->options.summary_time_unit.set ? t->options.summary_time_unit.v : NULL,
        .no_color = args->no_color.v,
        .use_color = is_stdout_tty && !args->no_color.v,
        .is_stdout_tty = is_stdout_tty,
        .is_stderr_tty = run_args_is_terminal(STDERR_FILENO),
        .setup_data = setup_data,
    };
    struct summary *s = summary_new(&input);
    mem_free(setup_data);
    return s;
}

void run_summary_report(struct run *r, const struct loaded_test *t, const struct run_args *args,
                        struct logger *lg)
{
    if (args->summary_mode == SUMMARY_MODE_DISABLED)
        return;
    struct summary *s = make_summary(r, t, args);
    struct buf data;
    struct buf export;
    struct buf problems;
    struct err e = {0};
    buf_init(&data, TEXT_MAX);
    buf_init(&export, TEXT_MAX);
    buf_init(&problems, 1 << 20);
    if (args->machine_summary.v)
        put_machine_readable(&data, s, t);
    else
        summary_put_handle_data(&data, s);
    struct summary_call call = {.data = {data.data, data.len}, .wants_after = wants_export(args)};
    int rc = run_handle_summary(r, &call, &e);
    if (rc < 0) { /* it gave something that can't be saved, or took too long */
        log_handling_error(lg, e.msg);
        goto done;
    }
    if (call.result == NULL && summary_is_empty(s)) {
        log_handling_error(lg, "nothing was measured");
        goto done;
    }
    if (wants_export(args) && put_export(&export, s, t, args, &call) < 0) {
        log_handling_error(lg, "handleSummary() left its argument such that it can't be exported");
        goto done;
    }
    if (call.result != NULL)
        save_handled(call.result, args, &problems);
    else if (!is_export(args, "stdout"))
        save_text(s, &problems);
    if (wants_export(args))
        save(args->summary_export, (struct str){export.data, export.len}, &problems);
    report_problems(lg, &problems);
done:
    err_deinit(&e);
    mem_free(call.result);
    mem_free(call.data_after);
    buf_deinit(&problems);
    buf_deinit(&export);
    buf_deinit(&data);
    summary_free(s);
}
