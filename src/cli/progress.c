/* progress.c - the live display on its way to the terminal: when it is drawn, where the cursor is,
 * how log lines get past it. The text itself is progress_text.c's.
 *
 * While the block is on the terminal the cursor stands at the beginning of the row below it, so a
 * redrawing goes up as many rows as the block takes at the terminal's present width (terminals wrap
 * long lines anew when their size changes). Tests: test/cli/progress_terminal.sh */
#include "cli/progress.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "core/clock.h"
#include "exec/run_state.h"

enum { DEFAULT_COLUMNS = 80, SCENARIOS_MAX = 4096 };
#define TERMINAL_PERIOD_NS (100 * NS_PER_MS)
#define PLAIN_PERIOD_NS    NS_PER_SEC

struct progress {
    struct progress_config config;
    pthread_mutex_t lock; /* the logger's hooks come from any thread */
    struct buf block;     /* the last drawing on a terminal */
    bool is_there;        /* it is on the terminal now */
    int64_t next_ns;
    enum run_phase phase; /* how far the run came; not its end */
    struct scenario_progress *scenarios;
};

static void get_terminal_size(int fd, struct progress_look *look)
{
    struct winsize size;
    bool is_known = ioctl(fd, TIOCGWINSZ, &size) == 0;
    look->columns = is_known && size.ws_col > 0 ? size.ws_col : DEFAULT_COLUMNS;
    look->rows = is_known ? size.ws_row : 0;
}

static void write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n <= 0)
            return; /* nobody looks any more: a display is not worth a failed test */
        data += n;
        len -= (size_t)n;
    }
}

struct progress *progress_new(const struct progress_config *config)
{
    struct progress *p = MEM_NEW(struct progress);
    p->config = *config;
    p->scenarios = mem_calloc(SCENARIOS_MAX, sizeof *p->scenarios);
    pthread_mutex_init(&p->lock, NULL);
    buf_init(&p->block, BUF_NO_LIMIT);
    return p;
}

void progress_free(struct progress *p)
{
    if (p == NULL)
        return;
    pthread_mutex_destroy(&p->lock);
    buf_deinit(&p->block);
    mem_free(p->scenarios);
    mem_free(p);
}

/* To the block's first row. Under the lock. */
static void put_way_back(const struct progress *p, int columns, struct buf *out)
{
    struct str block = {p->block.data, p->block.len};
    if (p->is_there)
        buf_addf(out, "\r\033[%dA", progress_count_rows(block, columns));
}

static void put_block(struct progress *p, struct run *r, const struct progress_look *look,
                      struct buf *out)
{
    struct run_counts counts;
    struct run_size size;
    run_get_counts(r, &counts);
    run_get_size(r, &size);
    size_t count = run_get_progress(r, p->scenarios, SCENARIOS_MAX);
    struct progress_totals totals = {
        .phase = p->phase,
        .is_paused = run_is_paused(r),
        .elapsed_ns = counts.test_run_duration_ns,
        .max_duration_ns = size.max_duration_ns,
        .vus_active = counts.vus_active,
        .vus_initialized = counts.vus_initialized,
        .vus_planned = size.vus,
        .vus_max = size.max_vus,
        .iterations_complete = counts.iterations_completed,
        .iterations_interrupted = counts.iterations_interrupted,
    };
    progress_render(out, &totals, p->scenarios, count, look);
}

static void draw(struct progress *p, struct run *r, bool stays)
{
    struct progress_look look = {
        .is_terminal = p->config.is_terminal,
        .use_color = p->config.use_color,
    };
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    if (look.is_terminal)
        get_terminal_size(p->config.fd, &look);
    if (stays)
        look.rows = 0;
    pthread_mutex_lock(&p->lock);
    put_way_back(p, look.columns, &out);
    size_t start = out.len;
    put_block(p, r, &look, &out);
    buf_clear(&p->block);
    buf_add(&p->block, out.data + start, out.len - start);
    p->is_there = look.is_terminal && !stays;
    if (look.is_terminal)
        buf_adds(&out, "\033[J"); /* what a longer block has left */
    write_all(p->config.fd, out.data, out.len);
    if (stays)
        buf_clear(&p->block);
    pthread_mutex_unlock(&p->lock);
    buf_deinit(&out);
}

void progress_tick(struct progress *p, struct run *r)
{
    int64_t now = clock_now_ns();
    enum run_phase phase = run_phase_now(r);
    if (p->config.is_quiet || phase > RUN_TEARDOWN)
        return;
    p->phase = phase;
    if (p->next_ns == 0 && !p->config.is_terminal) { /* the first plain block after a second */
        p->next_ns = now + PLAIN_PERIOD_NS;
        return;
    }
    if (now < p->next_ns)
        return;
    p->next_ns = now + (p->config.is_terminal ? TERMINAL_PERIOD_NS : PLAIN_PERIOD_NS);
    draw(p, r, false);
}

void progress_show(struct progress *p, struct run *r)
{
    if (p->config.is_terminal && !p->config.is_quiet)
        draw(p, r, false);
}

void progress_finish(struct progress *p, struct run *r)
{
    if (!p->config.is_quiet)
        draw(p, r, true);
}

/* Under the lock. */
static void erase(struct progress *p)
{
    struct progress_look look;
    struct buf out;
    if (!p->is_there)
        return;
    buf_init(&out, 64);
    get_terminal_size(p->config.fd, &look);
    put_way_back(p, look.columns, &out);
    buf_adds(&out, "\033[J");
    write_all(p->config.fd, out.data, out.len);
    buf_deinit(&out);
    p->is_there = false;
}

void progress_hide(struct progress *p)
{
    pthread_mutex_lock(&p->lock);
    erase(p);
    buf_clear(&p->block);
    pthread_mutex_unlock(&p->lock);
}

void progress_abandon(struct progress *p)
{
    pthread_mutex_lock(&p->lock);
    erase(p);
    buf_clear(&p->block);
    p->config.is_quiet = true;
    pthread_mutex_unlock(&p->lock);
}

void progress_before_log(void *opaque)
{
    struct progress *p = opaque;
    pthread_mutex_lock(&p->lock);
    erase(p);
}

void progress_after_log(void *opaque)
{
    struct progress *p = opaque;
    if (p->block.len > 0) {
        write_all(p->config.fd, p->block.data, p->block.len);
        p->is_there = true;
    }
    pthread_mutex_unlock(&p->lock);
}
