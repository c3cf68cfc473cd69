/* exec_int.h - the running half of exec: what its files share, never included from outside this
 * folder.
 *
 *     run (main thread) --- orders, by mail ---> exec_worker (one per worker) ---> share (its part
 * of one scenario)
 *         <--- reports, by control mail ---                                           |
 *                                                                                   seat (a place
 * that one VU fills)
 *
 * A share has a fiber of its own that waits for the scenario's start, lets the executor drive, and
 * ends when no seat is taken. A seat that begins takes its VU and a fiber; if the VU still serves
 * another seat, it waits in line for it:
 *
 *     EMPTY --seat_begin--> WAITING (VU busy) --> BUSY --serve returns--> EMPTY
 *
 * Everything here belongs to one worker and is touched on its thread alone, but for what is marked
 * shared. */
#ifndef C6_EXEC_INT_H
#define C6_EXEC_INT_H

#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>

#include "base/list.h"
#include "core/control.h"
#include "core/worker.h"
#include "exec/executors/executors.h"
#include "exec/plan.h"
#include "exec/run.h"
#include "exec/vu.h"

struct exec_worker;
struct scen;

/* A VU as exec keeps it. */
struct exec_vu {
    struct vu *vu;
    struct exec_worker *home;
    int64_t *iterations;      /* begun so far, by scenario index */
    struct seat *seat;        /* that it fills now; NULL: free */
    struct list_node waiting; /* of seats: who is next */
    int64_t needed_ns;        /* private to spare.c: monotonic, when the plan wants it */
};

enum seat_state { SEAT_EMPTY, SEAT_WAITING, SEAT_BUSY };

struct seat {
    struct share *share;
    struct exec_vu *ev;
    int32_t slot;
    enum seat_state state;
    int64_t from_ns, until_ns; /* planned, since the scenario's start */
    struct fiber *fiber;       /* while BUSY */
    int64_t now_ns;            /* monotonic, as of its last look at the clock */
    int64_t due_ns;            /* arrival rates: when the iteration should have begun; else 0 */
    struct list_node node;     /* in exec_vu.waiting or share.busy */
    struct list_node idle;     /* arrival rates: in share.idle, waiting to be called */
    bool owes_turn;            /* its last iteration never parked */
    bool is_wanted;            /* may begin further iterations */
    bool is_ready;             /* arrival rates: has waited to be called at least once */
    bool is_called;            /* arrival rates: an iteration is due */
    bool is_extra; /* not in the plan: the seat is on the heap */
    bool has_left; /* has been taken and given up */
};

/* Arrival rates: a start that another worker is to see to. */
struct start_watch {
    int64_t number; /* in that worker's stripe */
    int64_t due_ns; /* since the scenario's start; -1: there is none */
    bool is_set;
};
enum { START_WATCHES = 3 };

/* One worker's part of one scenario. */
struct share {
    struct exec_worker *ew;
    struct scen *scen;
    struct seat *seats; /* planned ones, in the order they begin */
    size_t seat_count;
    struct fiber *fiber;   /* NULL when it has no part in the scenario, or is done */
    struct list_node busy; /* seats */
    struct list_node idle; /* seats */
    size_t taken;          /* seats not EMPTY, and VUs being made */
    int rank; /* arrival rates: which of the scenario's stripes of start times it keeps; -1: none */
    size_t called;           /* arrival rates: seats whose iteration has yet to begin */
    size_t unready;          /* arrival rates: seats that the first start waits for */
    struct start_watch watches[START_WATCHES]; /* arrival rates: of the next workers' starts */
    struct fiber *maker;     /* arrival rates: makes another VU now */
    bool is_closed;          /* no iteration begins any more */
    struct tagset *tags;     /* of samples of VUs when they begin to serve */
    struct tagset *own_tags; /* of samples of the scenario itself */
    /* shared: written here, read by progress and k6/execution */
    atomic_uint_fast64_t done; /* iterations that ended, but for those that were interrupted */
    atomic_int_fast64_t active;
};

/* Arrival rates: what the workers tell each other. All shared. */
struct arrival_worker {
    /* seats that wait to be called, not counting those already promised */
    alignas(64) atomic_int_fast32_t free;
    atomic_int_fast64_t next; /* of its stripe's starts: how many were taken, by whomever */
};
struct arrival {
    struct arrival_worker *workers;
    atomic_int_fast64_t extra_left; /* VUs that may still be made */
    atomic_bool is_making;
    atomic_bool has_warned;
};

struct scen {
    struct vu_scenario view; /* first: modules hand it back to progress() */
    struct run *run;
    const struct scenario_plan *plan;
    const struct executor *executor;
    struct share *shares;                         /* by worker */
    int64_t start_ns, regular_end_ns, max_end_ns; /* monotonic; set before the shares begin */
    int parts;                                    /* shares that have a part */
    int stripes;                                  /* arrival rates: of start times */
    struct arrival *arrival;                      /* NULL but for arrival rates */
    double last_fraction;                         /* at its end: written before state says so */
    int64_t last_elapsed_ns;
    /* shared */
    atomic_int parts_left;
    atomic_int state; /* enum scenario_state */
    /* Numbers of iterations are dense over the whole instance, as scripts use them to pick data; so
     * this one counter is shared on the request path: one addition an iteration, on a cache line of
     * its own. */
    alignas(64) atomic_int_fast64_t next_iteration;
    alignas(64) char end[1];
};

/* setup, teardown, handleSummary. */
enum part_kind { PART_SETUP, PART_TEARDOWN, PART_SUMMARY };
struct part {
    enum part_kind kind;
    struct summary_call *summary; /* in and out: of handleSummary */
    int64_t timeout_ns;
    enum vu_result result; /* out */
    bool has_vu;           /* out: false when making the VU failed (err says why) */
    char *out;             /* out: setup data */
    struct err err;
    /* private to part.c */
    struct exec_worker *ew;
    struct vu *vu;
    struct fiber *fiber;
    struct timer deadline;
    int64_t deadline_ns;
    bool is_late;
};

enum worker_order {
    ORDER_BEGIN,    /* first thing on its thread */
    ORDER_MAKE_VUS, /* and seats them as planned */
    ORDER_GO,       /* the scenarios, until all are over */
    ORDER_PART,
    ORDER_FINISH, /* frees VUs, hands out the last samples */
    ORDER_END,    /* last thing on its thread */
};

struct exec_worker {
    struct run *run;
    struct worker *worker;
    int index;
    struct tag_pool *pool;
    struct shard *shard;
    struct tagset *run_tags;
    struct exec_vu **vus; /* planned ones first: VU id - 1 == i * workers + index */
    size_t vu_count, vu_cap, planned;
    struct fiber *maker;
    struct err make_err;       /* for the report */
    struct part *ordered_part; /* goes with ORDER_PART: the main thread's until it is sent */
    struct part *part;         /* under way; the worker's own */
    size_t shares_left;
    bool is_started, has_begun, is_stopping;
    enum worker_order next_order; /* written by the main thread before it posts the order */
    struct timer tick, vus_tick;
    int64_t next_vus_ns;
    struct mail order, stop_order, flush_order;
    struct control_mail report, flush_report;
    /* shared */
    _Atomic(struct sample_batch *) homecoming; /* batches that readers are done with */
    alignas(64) atomic_uint_fast64_t completed;
    atomic_uint_fast64_t interrupted;
    atomic_int_fast64_t active, initialized, idle; /* VUs */
};

struct run {
    struct run_config config;
    struct segment *segment;
    struct plan *plan;
    struct scen *scens; /* by scenario */
    struct exec_worker *workers;
    int worker_count;
    uint32_t system_tags;
    int64_t min_iteration_ns;
    struct control *control;
    bool owns_control;
    /* main thread */
    int reports_due, flushes_due;
    bool is_stop_sent, is_executed;
    int started_workers, signals;
    int64_t next_tick_ns, next_thresholds_ns;
    struct run_outcome outcome;
    char *outcome_message;
    char *setup_data; /* written before the scenarios begin, then only read */
    size_t setup_data_len;
    struct control_mail stop_mail, resume_mail;
    const struct builtin_metrics *builtins;
    /* shared */
    atomic_int phase;
    atomic_int_fast64_t began_ns, ended_ns; /* monotonic: the test run's duration; 0: not yet */
    atomic_int_fast64_t next_vu; /* index of the next VU to be made beyond the planned ones */
    atomic_bool is_paused, is_marked_failed;
    atomic_int stop_reason; /* enum stop_reason; set under the lock, after its message */
    pthread_mutex_t lock;   /* guards stop_message until stop_reason says that it is set */
    char *stop_message;     /* may hold a NUL: a script may have written it */
    size_t stop_message_len;
};

/* A counter that one thread writes and any may read. */
static inline void counter_add(atomic_uint_fast64_t *c, uint64_t n)
{
    atomic_store_explicit(c, atomic_load_explicit(c, memory_order_relaxed) + n,
                          memory_order_relaxed);
}

static inline void gauge_add(atomic_int_fast64_t *c, int64_t n)
{
    atomic_store_explicit(c, atomic_load_explicit(c, memory_order_relaxed) + n,
                          memory_order_relaxed);
}

/* seat.c: a VU at work. */
void seat_begin(struct seat *seat);
/* No further iteration; one that runs goes on. */
void seat_stop(struct seat *seat);
/* The one that runs ends now, interrupted. */
void seat_interrupt(struct seat *seat);
/* True while the VU may begin another iteration: wanted, in time, not interrupted. Gives way to the
 * worker's other fibers first if the last iteration did not. */
bool seat_may_begin(struct seat *seat);
/* The number of the scenario's next iteration in this instance. */
int64_t seat_take_number(struct seat *seat);
/* One iteration with all its samples and counts. False: it was interrupted or aborted the test.
 * Parks. */
bool seat_iterate(struct seat *seat, int64_t number);

/* spare.c: the VU that nobody uses now and that the plan needs latest, which its needed_ns says
 * (CLOCK_NEVER: not any more). NULL when all are in use. */
struct exec_vu *spare_pick(struct exec_worker *ew);

/* share.c */
void share_begin(struct share *sh);
void share_interrupt(struct share *sh); /* all seats */
void share_stop(struct share *sh);      /* the run is being stopped */
void share_seat_left(struct share *sh); /* a seat became EMPTY */
void share_add_dropped(struct share *sh, struct tagset *tags, uint64_t count);
uint64_t scen_iterations_done(const struct scen *sc);
double scen_progress(const struct vu_scenario *s);
uint64_t scen_iterations_so_far(const struct vu_scenario *s);

/* exec_worker.c: a worker's side. Orders run there as mail; each ends with the report to the main
 * thread. */
int exec_worker_init(struct exec_worker *ew, struct run *r, int index, struct err *e);
void exec_worker_deinit(struct exec_worker *ew);
void exec_worker_order(struct exec_worker *ew, enum worker_order order);
void exec_worker_send_stop(struct exec_worker *ew);
void exec_worker_send_flush(struct exec_worker *ew);
void exec_worker_report(struct exec_worker *ew);
/* Makes a VU; on a FIBER_BIG fiber. Parks. */
int exec_worker_make_vu(struct exec_worker *ew, uint64_t index, struct exec_vu **out,
                        struct err *e);

/* part.c */
void part_begin(struct part *p, struct exec_worker *ew);
void part_cancel(struct part *p);

/* run_state.c */
enum stop_reason run_stop_reason(const struct run *r);
void run_set_phase(struct run *r, enum run_phase phase);
int64_t run_duration_ns(const struct run *r);

#endif
