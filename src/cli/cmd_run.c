/* cmd_run.c - `c6 run`: wires the parts of a test together, in the order in which they come and go.
 *
 *     arguments -> log -> test (script, options) -> outputs -> run -> summary -> exit code
 *
 * Tests: test/cli, test/js */
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/loaded.h"
#include "cli/log_args.h"
#include "cli/progress.h"
#include "cli/run_args.h"
#include "cli/run_summary.h"
#include "core/clock.h"
#include "core/control.h"
#include "core/signals.h"
#include "exec/run.h"
#include "modules/modules.h"
#include "output/fanout.h"
#include "output/output.h"

/* Everything of one `c6 run`. Zeroed first; drop() takes whatever is there. */
struct app {
    struct run_args args;
    struct logger *logger;
    struct control *control;
    struct loaded_test test;
    struct modules_shared *shared;
    struct output **outputs; /* those that have no thread yet */
    size_t output_count;
    struct fanout *fanout;
    struct progress *progress;
    struct run *run;
    char *options_json;
};

static void drop_outputs(struct app *a);

static void drop(struct app *a)
{
    drop_outputs(a);
    run_free(a->run);
    modules_shared_free(a->shared);
    loaded_test_deinit(&a->test);
    if (a->logger != NULL) /* only --help was asked for */
        log_set_hooks(a->logger, NULL, NULL, NULL);
    progress_free(a->progress);
    control_close(a->control);
    mem_free(a->options_json);
    log_free(a->logger);
    run_args_deinit(&a->args);
}

/* ---- outputs */

static const char *from_environment(void *opaque, const char *name)
{
    return getenv(name);
}

static int open_outputs(struct app *a, struct err *e)
{
    struct threshold_config *thresholds = NULL;
    size_t count = 0;
    int rc = options_thresholds(&a->test.options, &thresholds, &count, e);
    struct output_params params = {
        .get_env = from_environment,
        .logger = a->logger,
        .config = a->test.options.collectors.v,
        .stdout_fd = STDOUT_FILENO,
        .system_tags = a->test.options.system_tags.v,
        .thresholds = thresholds,
        .threshold_count = count,
    };
    const struct opt_strs *specs = &a->test.options.out;
    a->test.thresholds = thresholds; /* outputs borrow them */
    a->outputs = mem_calloc(specs->count + 1, sizeof(struct output *));
    for (size_t i = 0; rc == 0 && i < specs->count; i++) {
        rc = output_open(&a->outputs[i], specs->v[i], &params, e);
        a->output_count = i + 1;
    }
    return rc;
}

/* Each onto its thread. */
static int start_outputs(struct app *a, struct err *e)
{
    int rc = 0;
    if (a->output_count > 0)
        a->fanout = fanout_new(a->logger, 0);
    for (size_t i = 0; rc == 0 && i < a->output_count; i++) {
        rc = output_start(a->outputs[i], e);
        if (rc < 0)
            break;
        rc = fanout_add(a->fanout, a->outputs[i], e);
        a->outputs[i] = NULL;
    }
    return rc;
}

static void drop_outputs(struct app *a)
{
    fanout_close(a->fanout);
    for (size_t i = 0; i < a->output_count; i++)
        output_close(a->outputs[i]);
    mem_free(a->outputs);
}

/* "json (points.json), csv (file.csv)"; "-" when there is none. Caller frees. */
static char *describe_outputs(const struct app *a)
{
    struct buf text;
    buf_init(&text, 1 << 16);
    for (size_t i = 0; a->fanout != NULL && i < fanout_count(a->fanout); i++)
        buf_addf(&text, "%s%s", i > 0 ? ", " : "", fanout_description(a->fanout, i));
    if (text.len == 0)
        buf_addc(&text, '-');
    char *s = buf_take(&text);
    buf_deinit(&text);
    return s;
}

/* ---- what is shown */

static void on_tick(void *opaque, struct run *r)
{
    struct app *a = opaque;
    progress_tick(a->progress, r);
}

static void on_hard_stop(void *opaque)
{
    struct app *a = opaque;
    progress_abandon(a->progress);
}

static void show(const struct buf *text)
{
    size_t at = 0;
    while (at < text->len) {
        ssize_t n = write(STDOUT_FILENO, text->data + at, text->len - at);
        if (n <= 0)
            return;
        at += (size_t)n;
    }
}

static void show_header(struct app *a)
{
    struct run_size size;
    struct buf text;
    bool use_color = run_args_is_terminal(STDOUT_FILENO) && !a->args.no_color.v;
    run_get_size(a->run, &size);
    char *outputs = describe_outputs(a);
    const struct scenario_list *list = &a->test.scenarios;
    struct scenario_share *shares = mem_calloc(list->count + 1, sizeof *shares);
    for (size_t i = 0; i < list->count; i++)
        run_get_share(a->run, i, &shares[i]);
    struct header_facts facts = {
        .script = a->args.script,
        .outputs = outputs,
        .segment_percent = size.segment_length * 100,
        .max_vus = size.max_vus,
        .max_duration_ns = size.max_duration_ns,
        .scenarios = list,
        .shares = shares,
    };
    buf_init(&text, BUF_NO_LIMIT);
    progress_put_banner(&text, use_color);
    progress_put_header(&text, &facts, use_color);
    if (!a->args.quiet)
        show(&text);
    buf_deinit(&text);
    mem_free(shares);
    mem_free(outputs);
}

/* ---- what the run asks of its surroundings; opaque is the app */

static int worker_begin(void *opaque, struct worker *w, struct err *e)
{
    struct app *a = opaque;
    return modules_worker_begin(a->shared, w, e);
}

static void worker_end(void *opaque, struct worker *w)
{
    struct app *a = opaque;
    modules_worker_end(a->shared, w);
}

static void emit(void *opaque, struct sample_batch *takes)
{
    struct app *a = opaque;
    fanout_emit(a->fanout, takes);
}

/* ---- the phases */

static int make_run(struct app *a, struct err *e)
{
    struct json *options = options_to_json(&a->test.options, &a->test.scenarios);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    json_print(&text, options, 0);
    a->options_json = buf_take(&text);
    buf_deinit(&text);
    json_free(options);
    struct run_config config = {
        .script = a->test.script,
        .ops = &script_ops_js,
        .options = &a->test.options,
        .scenarios = &a->test.scenarios,
        .options_json = str_of(a->options_json),
        .metrics = a->test.metrics,
        .logger = a->logger,
        .control = a->control,
        .workers = a->args.workers,
        .no_thresholds = a->args.no_thresholds.v,
        .worker_begin = worker_begin,
        .worker_end = worker_end,
        .emit = a->output_count > 0 ? emit : NULL,
        .on_tick = on_tick,
        .on_hard_stop = on_hard_stop,
        .opaque = a,
    };
    return run_new(&a->run, &config, e);
}

/* What was asked for and will not be. */
static void warn(struct app *a)
{
    const char *traces = a->args.traces_output;
    modules_shared_warn(&a->test.options, a->logger);
    if (traces != NULL && strcmp(traces, "none") != 0)
        log_warn(a->logger, "traces can't be sent yet: the test runs without --traces-output");
    if (a->test.options.web_dashboard.v)
        log_warn(a->logger, "there is no web dashboard yet: the test runs without K6_WEB_DASHBOARD");
    if (a->args.profiling.v && (a->args.address == NULL || *a->args.address == '\0'))
        log_warn(a->logger, "--profiling-enabled has no effect: there is no REST API");
}

/* Everything up to the point where the test could start. */
static int prepare(struct app *a, struct err *e)
{
    /* Before signals are the run's: Ctrl+C must end an endless loop in init code too. No thread is
     * started by loading. */
    int rc = loaded_test_init(&a->test, &a->args, a->logger, e);
    if (rc < 0)
        return rc;
    rc = control_open(&a->control);
    if (rc < 0)
        return err_set(e, rc, "signals can't be watched: %s", err_code_text(rc));
    signals_raise_file_limit();
    rc = modules_shared_new(&a->shared, &a->test.options, e);
    if (rc == 0)
        warn(a);
    if (rc == 0)
        rc = open_outputs(a, e);
    if (rc == 0)
        rc = make_run(a, e);
    if (rc < 0)
        return rc;
    struct progress_config config = {
        .fd = STDOUT_FILENO,
        .is_quiet = a->args.quiet,
        .is_terminal = run_args_is_terminal(STDOUT_FILENO),
        .use_color = run_args_is_terminal(STDOUT_FILENO) && !a->args.no_color.v,
    };
    a->progress = progress_new(&config);
    if (config.is_terminal && !config.is_quiet)
        log_set_hooks(a->logger, progress_before_log, progress_after_log, a->progress);
    return 0;
}

/* Once VUs were made; the signal that ends the waiting changes nothing about the exit code. */
static void linger(struct app *a)
{
    static const char message[] =
        "The test is done, but --linger was enabled, so c6 is waiting for Ctrl+C to continue...";
    struct run_outcome outcome;
    int signal_number = 0;
    run_get_outcome(a->run, &outcome);
    if (!a->test.options.linger.v || outcome.reason == STOP_SIGNAL || run_start_wall_ns(a->run) == 0)
        return;
    log_debug(a->logger, "%s", message);
    progress_hide(a->progress);
    if (!a->args.quiet)
        printf("%s\n", message);
    fflush(stdout);
    progress_show(a->progress, a->run);
    while (control_wait(a->control, CLOCK_NEVER, &signal_number) != CONTROL_SIGNAL ||
           (signal_number != SIGINT && signal_number != SIGTERM))
        ;
}

/* Runs the test and reports. Returns the exit code. */
static int run_test(struct app *a, struct err *e)
{
    struct run_outcome outcome;
    int rc = start_outputs(a, e);
    if (rc < 0) { /* nothing ran, which the summary says, too */
        run_summary_report(a->run, &a->test, &a->args, a->logger);
        log_err(a->logger, e);
        return e->exit_code;
    }
    show_header(a);
    rc = run_execute(a->run, e);
    fanout_close(a->fanout);
    a->fanout = NULL;
    linger(a);
    progress_hide(a->progress); /* the summary comes first, as in k6; then it stays for good */
    run_summary_report(a->run, &a->test, &a->args, a->logger);
    progress_finish(a->progress, a->run);
    run_get_outcome(a->run, &outcome);
    if (rc == 0 && outcome.message != NULL)
        rc = err_set(e, ERR_CANCELED, "%s", outcome.message);
    if (rc < 0)
        log_err(a->logger, e);
    return outcome.exit_code;
}

static int put_help(void)
{
    struct buf text;
    buf_init(&text, 1 << 20);
    buf_adds(&text,
             "Run a load test.\n\nUsage:\n  c6 run [flags] SCRIPT\n\nSCRIPT is a JavaScript file, "
             "or - for standard input.\n\nFlags:\n");
    run_args_put_help(&text, &run_args_choice);
    show(&text);
    buf_deinit(&text);
    return EXIT_OK;
}

void cmd_run_flags(struct flag_list *fills)
{
    run_args_flags(fills, &run_args_choice);
}

int cmd_run(int argc, char **argv)
{
    struct app a = {0};
    struct err e = {0};
    int exit_code = EXIT_GENERIC;
    mem_grow_in_large_steps();
    int rc = run_args_parse(&a.args, &run_args_choice, argc, argv, &e);
    if (rc == 0 && a.args.wants_help) {
        exit_code = put_help();
        goto done;
    }
    if (rc == 0)
        rc = log_args_open(&a.args, &a.logger, &e);
    if (a.logger == NULL)
        a.logger = log_args_fallback(&a.args);
    if (rc == 0)
        rc = prepare(&a, &e);
    if (rc == 0) {
        exit_code = run_test(&a, &e);
        goto done;
    }
    log_err(a.logger, &e);
    exit_code = e.exit_code != 0 ? e.exit_code : EXIT_GENERIC;
done:
    err_deinit(&e);
    drop(&a);
    return exit_code;
}
