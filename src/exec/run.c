/* run.c - the main thread's side: takes a test through its phases, watching signals, thresholds and
 * requests to stop.
 *
 *     INIT (workers begin, VUs are made) -> SETUP -> RUNNING -> TEARDOWN -> last samples, final
 * thresholds -> SUMMARY
 *
 * A stop cuts INIT, SETUP and RUNNING short. Without a setup that came back there is no RUNNING and
 * no TEARDOWN; TEARDOWN itself is cut only by a second signal, which ends the process. Tests:
 * run_test.c */
#include "exec/run.h"

#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "core/clock.h"
#include "exec/exec_int.h"

enum {
    TICK_NS = 100 * 1000 * 1000,
    DEFAULT_TIMEOUT_S = 60,
    DEFAULT_SUMMARY_TIMEOUT_S = 120,
};
#define THRESHOLDS_NS (2 * NS_PER_SEC)

/* ---- making and freeing */

static int core_count(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return CPU_COUNT(&set);
    return 1;
}

static int decide_workers(const struct run *r)
{
    if (r->config.workers > 0)
        return r->config.workers;
    int64_t count = core_count();
    if (count > r->plan->max_vus)
        count = r->plan->max_vus;
    return count > 1 ? (int)count : 1;
}

static void begin_arrival(struct scen *sc)
{
    struct run *r = sc->run;
    sc->arrival = MEM_NEW(struct arrival);
    size_t size = (size_t)r->worker_count * sizeof sc->arrival->workers[0];
    sc->arrival->workers = aligned_alloc(64, size); /* mem_alloc knows no cache lines */
    CHECK(sc->arrival->workers != NULL);
    for (int i = 0; i < r->worker_count; i++) {
        atomic_init(&sc->arrival->workers[i].free, 0);
        atomic_init(&sc->arrival->workers[i].next, 0);
    }
    atomic_init(&sc->arrival->extra_left, sc->plan->unplanned_vus);
}

static bool is_arrival(const struct scenario *s)
{
    return s->executor == EXECUTOR_CONSTANT_ARRIVAL_RATE ||
           s->executor == EXECUTOR_RAMPING_ARRIVAL_RATE;
}

/* Which workers have a part, and who keeps which stripe of start times. */
static void count_parts(struct scen *sc, const bool *has_seats)
{
    int count = sc->run->worker_count;
    for (int i = 0; i < count; i++) {
        sc->shares[i].rank = has_seats[i] ? sc->stripes++ : -1;
        if (has_seats[i] || (sc->arrival != NULL && sc->plan->has_work))
            sc->parts++;
    }
    if (sc->stripes == 0)
        for (int i = 0; i < count; i++)
            sc->shares[i].rank = sc->stripes++;
    atomic_init(&sc->parts_left, sc->parts);
}

static void make_scens(struct run *r)
{
    size_t n = r->plan->scenario_count;
    bool *has_seats = mem_calloc(n * (size_t)r->worker_count + 1, sizeof *has_seats);
    for (size_t i = 0; i < r->plan->leases.len; i++) {
        const struct plan_lease *l = &r->plan->leases.items[i];
        has_seats[(size_t)l->scenario * (size_t)r->worker_count +
                  (size_t)(l->vu % r->worker_count)] = true;
    }
    r->scens = aligned_alloc(alignof(struct scen), (n + 1) * sizeof(struct scen));
    CHECK(r->scens != NULL);
    memset(r->scens, 0, (n + 1) * sizeof(struct scen));
    for (size_t i = 0; i < n; i++) {
        struct scen *sc = &r->scens[i];
        const struct scenario *s = &r->config.scenarios->items[i];
        sc->run = r;
        sc->plan = &r->plan->scenarios[i];
        sc->executor = executor_of(s->executor);
        sc->view = (struct vu_scenario){.config = s,
                                        .name = s->name,
                                        .executor_name = executor_name(s->executor),
                                        .exec = s->exec != NULL ? s->exec : "default",
                                        .env = s->env,
                                        .env_count = s->env_count,
                                        .index = (int)i,
                                        .progress = scen_progress,
                                        .iterations_so_far = scen_iterations_so_far};
        sc->shares = mem_calloc((size_t)r->worker_count, sizeof *sc->shares);
        if (is_arrival(s) && sc->plan->has_work)
            begin_arrival(sc);
        for (int k = 0; k < r->worker_count; k++) {
            sc->shares[k].scen = sc;
            sc->shares[k].ew = &r->workers[k];
            list_init(&sc->shares[k].busy);
            list_init(&sc->shares[k].idle);
        }
        count_parts(sc, has_seats + i * (size_t)r->worker_count);
    }
    mem_free(has_seats);
}

static void note_stop(struct control *c, struct control_mail *m)
{
    /* Its arrival is all: the loop looks at the reason. */
}

static void note_report(struct control *c, struct control_mail *m)
{
    struct exec_worker *ew =
        (struct exec_worker *)(void *)((char *)m - offsetof(struct exec_worker, report));
    ew->run->reports_due--;
}

static void judge_thresholds(struct run *r)
{
    if (!metrics_engine_evaluate(r->config.metrics, run_duration_ns(r), false, NULL))
        return;
    char *names = metrics_engine_failed_names(r->config.metrics);
    char *message =
        mem_printf("thresholds on metrics '%s' were crossed; at least one has abortOnFail enabled, "
                   "stopping test prematurely",
                   names);
    run_request_stop(r, STOP_THRESHOLD_ABORT, str_of(message));
    mem_free(message);
    mem_free(names);
}

static void note_flush(struct control *c, struct control_mail *m)
{
    struct exec_worker *ew =
        (struct exec_worker *)(void *)((char *)m - offsetof(struct exec_worker, flush_report));
    struct run *r = ew->run;
    if (--r->flushes_due == 0)
        judge_thresholds(r);
}

int run_new(struct run **out, const struct run_config *config, struct err *e)
{
    struct run *r = MEM_NEW(struct run);
    const struct options *o = config->options;
    r->config = *config;
    r->control = config->control;
    pthread_mutex_init(&r->lock, NULL);
    r->stop_mail.run = note_stop;
    r->resume_mail.run = note_stop;
    r->builtins = metric_builtins(metrics_engine_registry(config->metrics));
    r->system_tags = o->system_tags.set ? o->system_tags.v : SYSTEM_TAGS_DEFAULT;
    r->min_iteration_ns = o->min_iteration_duration.set ? o->min_iteration_duration.v : 0;
    atomic_init(&r->is_paused, o->paused.set && o->paused.v);
    int rc = segment_parse(
        &r->segment, o->execution_segment.set ? str_of(o->execution_segment.v) : STR(""),
        o->execution_segment_sequence.set ? str_of(o->execution_segment_sequence.v) : STR(""), e);
    if (rc < 0) {
        err_prefix(e, rc, "option 'executionSegment'");
        goto done;
    }
    if (r->control == NULL) {
        rc = control_open(&r->control);
        if (rc < 0) {
            err_set(e, rc, "the run can't listen to signals: %s", err_code_text(rc));
            goto done;
        }
        r->owns_control = true;
    }
    r->plan = plan_new(config->scenarios, r->segment);
    atomic_init(&r->next_vu, r->plan->vus);
    r->worker_count = decide_workers(r);
    size_t size = (size_t)r->worker_count * sizeof *r->workers;
    r->workers = aligned_alloc(alignof(struct exec_worker), size);
    CHECK(r->workers != NULL);
    memset(r->workers, 0, size);
    make_scens(r);
    *out = r;
    r = NULL;
done:
    run_free(r);
    return rc;
}

/* ---- the loop of the main thread */

static void stop_hard(struct run *r)
{
    if (r->config.on_hard_stop != NULL)
        r->config.on_hard_stop(r->config.opaque);
    log_error(r->config.logger, "Aborting at once in response to a second signal");
    _exit(EXIT_EXTERNAL_ABORT);
}

/* The test is over, its results are with the outputs: the signal does what it does to any process.
 */
static void die_of(int number)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    signal(number, SIG_DFL);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void take_signal(struct run *r, int number)
{
    if (number != SIGINT && number != SIGTERM)
        return; /* a terminal that changed its size: the next tick draws anew */
    if (run_phase_now(r) == RUN_SUMMARY)
        die_of(number);
    if (++r->signals > 1)
        stop_hard(r);
    char *message = mem_printf("test run was aborted because c6 received a '%s' signal",
                               number == SIGINT ? "interrupt" : "terminated");
    log_debug(r->config.logger, "Stopping in response to signal...");
    run_request_stop(r, STOP_SIGNAL, str_of(message));
    mem_free(message);
}

static void tick(struct run *r)
{
    if (r->config.on_tick != NULL)
        r->config.on_tick(r->config.opaque, r);
    r->next_tick_ns = clock_now_ns() + TICK_NS;
}

static void begin_thresholds(struct run *r)
{
    r->next_thresholds_ns += THRESHOLDS_NS;
    if (r->flushes_due > 0)
        return; /* a worker is slow to flush: the judgement it holds up is as good as another */
    r->flushes_due = r->worker_count;
    for (int i = 0; i < r->worker_count; i++)
        exec_worker_send_flush(&r->workers[i]);
}

static void spread_stop(struct run *r)
{
    enum run_phase phase = run_phase_now(r);
    bool is_stoppable = phase == RUN_INIT || phase == RUN_SETUP || phase == RUN_RUNNING;
    if (r->is_stop_sent || !is_stoppable || run_stop_reason(r) == STOP_NONE)
        return;
    r->is_stop_sent = true;
    for (int i = 0; i < r->started_workers; i++)
        exec_worker_send_stop(&r->workers[i]);
}

/* One turn of the main thread's loop: waits for something and deals with it. */
static void turn(struct run *r)
{
    int number = 0;
    int64_t deadline_ns = r->next_tick_ns;
    if (r->next_thresholds_ns < deadline_ns)
        deadline_ns = r->next_thresholds_ns;
    if (control_wait(r->control, deadline_ns, &number) == CONTROL_SIGNAL)
        take_signal(r, number);
    int64_t now_ns = clock_now_ns();
    if (now_ns >= r->next_thresholds_ns)
        begin_thresholds(r);
    if (now_ns >= r->next_tick_ns)
        tick(r);
    spread_stop(r);
}

static void wait_for_reports(struct run *r)
{
    spread_stop(r);
    while (r->reports_due > 0)
        turn(r);
}

static void order_all(struct run *r, enum worker_order order)
{
    for (int i = 0; i < r->started_workers; i++)
        exec_worker_order(&r->workers[i], order);
    wait_for_reports(r);
}

static void enter_phase(struct run *r, enum run_phase phase)
{
    run_set_phase(r, phase);
    tick(r);
}

/* ---- phases */

/* The first error that a worker reported. */
static int take_worker_error(struct run *r, struct err *e)
{
    for (int i = 0; i < r->worker_count; i++) {
        struct err *from = &r->workers[i].make_err;
        if (from->msg == NULL)
            continue;
        err_deinit(e);
        *e = *from;
        *from = (struct err){0};
        return ERR_SCRIPT;
    }
    return 0;
}

static int begin_workers(struct run *r, struct err *e)
{
    int rc = 0;
    for (int i = 0; rc == 0 && i < r->worker_count; i++) {
        struct exec_worker *ew = &r->workers[i];
        ew->report.run = note_report;
        ew->flush_report.run = note_flush;
        rc = exec_worker_init(ew, r, i, e);
        if (rc == 0)
            r->started_workers++;
    }
    if (rc < 0)
        return rc;
    order_all(r, ORDER_BEGIN);
    return take_worker_error(r, e);
}

static int init(struct run *r, struct err *e)
{
    run_set_phase(r, RUN_INIT);
    tick(r);
    int rc = begin_workers(r, e);
    if (rc < 0)
        return rc;
    if (!r->config.no_thresholds && metrics_engine_has_thresholds(r->config.metrics))
        r->next_thresholds_ns = clock_now_ns() + THRESHOLDS_NS;
    order_all(r, ORDER_MAKE_VUS);
    rc = take_worker_error(r, e);
    if (rc < 0)
        return rc;
    while (run_is_paused(r) && run_stop_reason(r) == STOP_NONE)
        turn(r);
    return run_stop_reason(r) == STOP_NONE ? 0 : ERR_CANCELED;
}

static void run_part(struct run *r, struct part *p)
{
    r->workers[0].ordered_part = p;
    exec_worker_order(&r->workers[0], ORDER_PART);
    wait_for_reports(r);
}

static int64_t timeout_of(const struct opt_ns *o, int64_t default_s)
{
    return o->set ? o->v : default_s * NS_PER_SEC;
}

/* What became of setup or teardown, as an error with its exit code. The run's own reason to stop
 * goes before it. */
static int judge_part(struct part *p, int timeout_exit, struct err *e)
{
    int rc = 0;
    switch (p->result) {
    case VU_OK:
        return 0;
    case VU_FAILED:
        rc = ERR_SCRIPT;
        err_set_exit(&p->err, EXIT_SCRIPT_EXCEPTION);
        break;
    case VU_ABORTED:
    case VU_INTERRUPTED:
        rc = ERR_CANCELED;
        break;
    case VU_TIMED_OUT:
        rc = ERR_TIMEOUT;
        p->err.exit_code = timeout_exit;
        break;
    }
    err_deinit(e);
    *e = p->err;
    p->err = (struct err){0};
    return rc;
}

static int setup(struct run *r, struct err *e)
{
    const struct options *o = r->config.options;
    if ((o->no_setup.set && o->no_setup.v) || !r->config.ops->has_export(r->config.script, "setup"))
        return 0;
    struct part p = {.kind = PART_SETUP,
                     .timeout_ns = timeout_of(&o->setup_timeout, DEFAULT_TIMEOUT_S),
                     .result = VU_OK};
    enter_phase(r, RUN_SETUP);
    run_part(r, &p);
    int rc = judge_part(&p, EXIT_SETUP_TIMEOUT, e);
    if (rc == 0) {
        r->setup_data = p.out;
        r->setup_data_len = p.out != NULL ? strlen(p.out) : 0;
        p.out = NULL;
    }
    mem_free(p.out);
    err_deinit(&p.err);
    return rc;
}

static int teardown(struct run *r, struct err *e)
{
    const struct options *o = r->config.options;
    if ((o->no_teardown.set && o->no_teardown.v) ||
        !r->config.ops->has_export(r->config.script, "teardown"))
        return 0;
    struct part p = {.kind = PART_TEARDOWN,
                     .timeout_ns = timeout_of(&o->teardown_timeout, DEFAULT_TIMEOUT_S),
                     .result = VU_OK};
    enter_phase(r, RUN_TEARDOWN);
    run_part(r, &p);
    int rc = judge_part(&p, EXIT_TEARDOWN_TIMEOUT, e);
    err_deinit(&p.err);
    return rc;
}

static void run_scenarios_now(struct run *r)
{
    int64_t zero_ns = clock_now_ns();
    for (size_t i = 0; i < r->plan->scenario_count; i++) {
        struct scen *sc = &r->scens[i];
        sc->start_ns = clock_add(zero_ns, r->config.scenarios->items[i].start_time_ns);
        sc->regular_end_ns = clock_add(sc->start_ns, sc->plan->regular_ns);
        sc->max_end_ns = clock_add(sc->start_ns, sc->plan->max_ns);
        sc->view.start_mono_ns = sc->start_ns;
    }
    enter_phase(r, RUN_RUNNING);
    order_all(r, ORDER_GO);
    tick(r);
}

static int run_phases(struct run *r, struct err *e)
{
    int rc = init(r, e);
    if (rc < 0)
        return rc;
    atomic_store(&r->began_ns, clock_now_ns());
    rc = setup(r, e);
    if (rc == 0) {
        if (run_stop_reason(r) == STOP_NONE)
            run_scenarios_now(r);
        rc = teardown(r, e);
    }
    atomic_store(&r->ended_ns, clock_now_ns());
    return rc;
}

/* ---- the verdict */

static int exit_code_of(enum stop_reason reason)
{
    switch (reason) {
    case STOP_NONE:
        return EXIT_OK;
    case STOP_SCRIPT_ABORT:
        return EXIT_SCRIPT_ABORTED;
    case STOP_THRESHOLD_ABORT:
        return EXIT_THRESHOLDS_FAILED;
    case STOP_SIGNAL:
        return EXIT_EXTERNAL_ABORT;
    case STOP_REST:
        return EXIT_STOPPED_BY_REST;
    case STOP_ERROR:
        return EXIT_GENERIC;
    }
    return EXIT_GENERIC;
}

static struct str default_message(enum stop_reason reason)
{
    switch (reason) {
    case STOP_SCRIPT_ABORT:
        return STR("test aborted");
    case STOP_REST:
        return STR("test run stopped from REST API");
    case STOP_NONE:
    case STOP_THRESHOLD_ABORT:
    case STOP_SIGNAL:
    case STOP_ERROR:
        break;
    }
    return STR("the test run was stopped");
}

static int stop_error(struct run *r, enum stop_reason reason, struct err *e)
{
    /* No worker changes it once it is set. */
    struct str message = {r->stop_message, r->stop_message_len};
    err_deinit(e);
    *e = (struct err){0};
    if (reason != STOP_NONE)
        err_set_text(e, ERR_CANCELED, message.len > 0 ? message : default_message(reason));
    err_set_exit(e, exit_code_of(reason));
    return ERR_CANCELED;
}

/* k6's precedence: what stopped the run, what went wrong in it, test.fail(), thresholds. */
static int judge(struct run *r, int rc, struct err *e)
{
    struct run_outcome *o = &r->outcome;
    struct run_counts counts;
    o->reason = run_stop_reason(r);
    o->duration_ns = run_duration_ns(r);
    if (!r->config.no_thresholds)
        metrics_engine_evaluate(r->config.metrics, o->duration_ns, true, &o->thresholds_failed);
    if (o->reason != STOP_NONE)
        rc = stop_error(r, o->reason, e);
    if (rc < 0) {
        if (e->msg == NULL)
            err_set(e, rc, "the test run failed: %s", err_code_text(rc));
        err_set_exit(e, EXIT_GENERIC);
        o->exit_code = e->exit_code;
        return rc;
    }
    run_get_counts(r, &counts);
    if (counts.iterations_completed == 0)
        log_warn(r->config.logger,
                 "No script iterations fully finished, consider making the test duration longer");
    if (atomic_load(&r->is_marked_failed)) {
        o->exit_code = EXIT_MARKED_AS_FAILED;
        r->outcome_message = mem_strdup("test run was marked as failed");
    } else if (o->thresholds_failed) {
        char *names = metrics_engine_failed_names(r->config.metrics);
        o->exit_code = EXIT_THRESHOLDS_FAILED;
        r->outcome_message = mem_printf("thresholds on metrics '%s' have been crossed", names);
        mem_free(names);
    }
    o->message = r->outcome_message;
    return 0;
}

int run_execute(struct run *r, struct err *e)
{
    CHECK(!r->is_executed);
    struct err own = {0};
    struct err *text = e != NULL ? e : &own;
    r->is_executed = true;
    r->next_thresholds_ns = CLOCK_NEVER;
    int rc = run_phases(r, text);
    r->next_thresholds_ns = CLOCK_NEVER;
    while (r->flushes_due > 0)
        turn(r);
    order_all(r, ORDER_FINISH);
    rc = judge(r, rc, text);
    enter_phase(r, RUN_ENDED);
    err_deinit(&own);
    return rc;
}

void run_get_outcome(const struct run *r, struct run_outcome *fills)
{
    *fills = r->outcome;
}

/* A run that never began (an output could not start) sums up, too. */
static int need_a_worker(struct run *r, struct err *e)
{
    int rc = 0;
    r->next_tick_ns = CLOCK_NEVER; /* the display is done */
    r->next_thresholds_ns = CLOCK_NEVER;
    if (!r->is_executed) {
        r->is_executed = true;
        rc = begin_workers(r, e);
    }
    if (rc == 0 && (r->started_workers == 0 || !r->workers[0].has_begun))
        rc = err_set(e, ERR_UNSUPPORTED, "there is no worker left to call handleSummary on");
    return rc;
}

int run_handle_summary(struct run *r, struct summary_call *call, struct err *e)
{
    int rc = need_a_worker(r, e);
    if (rc < 0)
        return rc;
    struct part p = {.kind = PART_SUMMARY,
                     .summary = call,
                     .result = VU_OK,
                     .timeout_ns = timeout_of(&r->config.options->handle_summary_timeout,
                                              DEFAULT_SUMMARY_TIMEOUT_S)};
    run_set_phase(r, RUN_SUMMARY);
    run_part(r, &p);
    rc = judge_part(&p, EXIT_GENERIC_TIMEOUT, e);
    err_deinit(&p.err);
    run_set_phase(r, RUN_ENDED);
    return rc;
}

void run_free(struct run *r)
{
    if (r == NULL)
        return;
    r->next_tick_ns = CLOCK_NEVER;
    r->next_thresholds_ns = CLOCK_NEVER;
    order_all(r, ORDER_END);
    for (int i = 0; r->workers != NULL && i < r->worker_count; i++)
        exec_worker_deinit(&r->workers[i]);
    for (size_t i = 0; r->scens != NULL && i < r->plan->scenario_count; i++) {
        struct scen *sc = &r->scens[i];
        if (sc->arrival != NULL)
            free(sc->arrival->workers);
        mem_free(sc->arrival);
        mem_free(sc->shares);
    }
    free(r->scens);
    free(r->workers);
    plan_free(r->plan);
    segment_free(r->segment);
    if (r->owns_control)
        control_close(r->control);
    pthread_mutex_destroy(&r->lock);
    mem_free(r->setup_data);
    mem_free(r->stop_message);
    mem_free(r->outcome_message);
    mem_free(r);
}
