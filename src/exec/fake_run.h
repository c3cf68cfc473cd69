/* fake_run.h - for tests of exec: a script made of C functions, and a world to run it in with real
 * workers. The script notes all that happens to it in one log. */
#ifndef C6_FAKE_RUN_H
#define C6_FAKE_RUN_H

#include <pthread.h>
#include <stdatomic.h>

#include "base/duration.h"
#include "exec/run.h"

enum { LOG_MAX = 4096, VUS_MAX = 64 };

/* What happened, in order, as seen by the script. */
struct entry {
    char what; /* n new, f free, a activate, d deactivate, i iteration, s setup, t teardown, h
                  handleSummary */
    uint64_t vu;
    int64_t iteration, in_scenario, in_instance, in_test;
    int scenario;
    enum vu_result result;
    int64_t at_ns;
};

struct script {
    pthread_mutex_t lock;
    struct entry log[LOG_MAX];
    int len;
    enum vu_result (*iterate)(struct script *s, struct vu *vu);
    enum vu_result (*setup)(struct script *s, struct vu *vu, struct err *e);
    enum vu_result (*teardown)(struct script *s, struct vu *vu, struct err *e);
    int fail_vu; /* making the VU with this id fails; -1: none */
    char seen_data[64];
};

struct world {
    struct script script;
    struct metric_registry *registry;
    struct metrics_engine *metrics;
    struct options options;
    struct scenario items[4];
    struct scenario_list list;
    struct run_config config;
    struct run *run;
    struct err err;
    struct run_outcome outcome;
    struct run_counts counts;
    int rc;
    atomic_int batches, samples, begun, ended;
};

/* Two workers, no options set; change w->config and w->options before fake_run_execute. */
void fake_run_init(struct world *w, struct scenario *scenarios, size_t count);
/* Fills rc, err, outcome, counts. */
void fake_run_execute(struct world *w);
void fake_run_deinit(struct world *w);
/* Entries of the log: how many (scenario -1: of any), index of the first and last, -1 if none. */
int fake_run_count(const struct world *w, char what, int scenario);
int fake_run_first(const struct world *w, char what);
int fake_run_last(const struct world *w, char what);
/* Samples of a metric that reached the engine; sum (may be NULL): of a counter. */
uint64_t fake_run_samples(struct world *w, const char *name, double *sum);
/* 100 ms, one iteration, wide limits. */
struct scenario fake_run_scenario(enum executor_kind kind, int64_t vus);
/* For iterate, setup, teardown: VU_OK, or VU_INTERRUPTED. */
enum vu_result fake_run_sleep(struct vu *vu, int64_t ms);

#endif
