/* fanout_test.c - several outputs, several givers, queues that overflow. */
#include "output/fanout.h"

#include <pthread.h>
#include <semaphore.h>

#include "base/duration.h"
#include "output_rig.h"

/* An output that counts, and waits at the gate before each batch while it is shut. */
struct counter {
    struct output base;
    sem_t *gate;
    sem_t *arrived;
    uint64_t *samples, *flushes, *closes;
};

static void counter_take(struct output *o, const struct sample_batch *b)
{
    struct counter *c = (struct counter *)(void *)o;
    if (c->gate != NULL) {
        sem_post(c->arrived);
        sem_wait(c->gate);
    }
    *c->samples += b->len;
}

static void counter_flush(struct output *o)
{
    ++*((struct counter *)(void *)o)->flushes;
}

static void counter_close(struct output *o)
{
    struct counter *c = (struct counter *)(void *)o;
    ++*c->closes;
    mem_free(c->base.description);
    mem_free(c);
}

static const struct output_type counter_type = {
    .name = "counter", .take = counter_take, .flush = counter_flush, .close = counter_close};

struct counts {
    uint64_t samples, flushes, closes;
};

static struct output *counter_new(struct counts *counts, sem_t *gate, sem_t *arrived,
                                  int64_t flush_interval_ns)
{
    struct counter *c = MEM_NEW(struct counter);
    c->base.type = &counter_type;
    c->base.description = mem_strdup("counter (test)");
    c->base.flush_interval_ns = flush_interval_ns;
    c->gate = gate;
    c->arrived = arrived;
    c->samples = &counts->samples;
    c->flushes = &counts->flushes;
    c->closes = &counts->closes;
    return &c->base;
}

static void come_home(struct sample_batch *b)
{
    int *home = b->opaque; /* how many did; several threads count */
    __atomic_add_fetch(home, 1, __ATOMIC_RELAXED);
    mem_free(b);
}

static struct sample_batch *batch_of(int *home, size_t len)
{
    struct sample_batch *b = MEM_NEW(struct sample_batch);
    b->len = len;
    b->opaque = home;
    b->give_back = come_home;
    return b;
}

static void gives_every_batch_to_every_output(void **state)
{
    (void)state;
    struct counts counts[3] = {{0}};
    struct fanout *f = fanout_new(NULL, 0);
    int home = 0;
    for (int i = 0; i < 3; i++)
        assert_int_equal(fanout_add(f, counter_new(&counts[i], NULL, NULL, NS_PER_SEC), NULL), 0);
    assert_int_equal(fanout_count(f), 3);
    assert_string_equal(fanout_description(f, 2), "counter (test)");
    for (int i = 0; i < 100; i++)
        fanout_emit(f, batch_of(&home, (size_t)i));
    fanout_close(f);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(counts[i].samples, 4950);
        assert_int_equal(counts[i].closes, 1);
    }
    assert_int_equal(home, 100);
}

static void sends_batches_home_when_there_is_no_output(void **state)
{
    (void)state;
    struct fanout *f = fanout_new(NULL, 0);
    int home = 0;
    fanout_emit(f, batch_of(&home, 1));
    assert_int_equal(home, 1);
    fanout_close(f);
    fanout_close(NULL);
}

static void drops_and_counts_what_a_slow_output_cannot_take(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct counts slow = {0};
    sem_t gate;
    sem_t arrived;
    sem_init(&gate, 0, 0);
    sem_init(&arrived, 0, 0);
    struct fanout *f = fanout_new(r.logger, 4);
    int home = 0;
    assert_int_equal(fanout_add(f, counter_new(&slow, &gate, &arrived, NS_PER_SEC), NULL), 0);
    fanout_emit(f, batch_of(&home, 10));
    sem_wait(&arrived); /* the first batch is out of the queue, in the output's hands */
    for (int i = 0; i < 6; i++)
        fanout_emit(f, batch_of(&home, 10)); /* four fit */
    struct fanout_stats s;
    fanout_get_stats(f, 0, &s);
    assert_int_equal(s.samples, 70);
    assert_int_equal(s.dropped, 20);
    assert_int_equal(__atomic_load_n(&home, __ATOMIC_RELAXED),
                     2); /* the dropped ones are home at once */
    for (int i = 0; i < 5; i++)
        sem_post(&gate);
    fanout_close(f);
    assert_int_equal(slow.samples, 50);
    assert_int_equal(home, 7);
    char *log = rig_slurp(r.log_file, NULL);
    assert_string_equal(
        log, "The output counter could not keep up: 20 of 70 samples are missing from it\n");
    free(log);
    sem_destroy(&gate);
    sem_destroy(&arrived);
    rig_close(&r);
}

static void a_slow_output_does_not_hold_up_the_others(void **state)
{
    (void)state;
    struct counts slow = {0};
    struct counts quick = {0};
    int home = 0;
    sem_t gate;
    sem_t arrived;
    sem_t quick_gate;
    sem_t quick_arrived;
    sem_init(&gate, 0, 0);
    sem_init(&arrived, 0, 0);
    sem_init(&quick_gate, 0, 1000);
    sem_init(&quick_arrived, 0, 0);
    struct fanout *f = fanout_new(NULL, 2);
    assert_int_equal(fanout_add(f, counter_new(&slow, &gate, &arrived, NS_PER_SEC), NULL), 0);
    assert_int_equal(
        fanout_add(f, counter_new(&quick, &quick_gate, &quick_arrived, NS_PER_SEC), NULL), 0);
    for (int i = 0; i < 20; i++) {
        fanout_emit(f, batch_of(&home, 1));
        sem_wait(&quick_arrived); /* it took this one while the other stands still */
    }
    for (int i = 0; i < 20; i++)
        sem_post(&gate);
    fanout_close(f);
    assert_int_equal(quick.samples, 20);
    assert_true(slow.samples < 20);
    sem_destroy(&gate);
    sem_destroy(&arrived);
    sem_destroy(&quick_gate);
    sem_destroy(&quick_arrived);
}

struct giver {
    struct fanout *fanout;
    int *home;
};

static void *emit_many(void *arg)
{
    struct giver *g = arg;
    for (int i = 0; i < 500; i++)
        fanout_emit(g->fanout, batch_of(g->home, 3));
    return NULL;
}

static void takes_from_several_threads(void **state)
{
    (void)state;
    struct counts counts[2] = {{0}};
    struct fanout *f = fanout_new(NULL, 4096);
    int home = 0;
    for (int i = 0; i < 2; i++)
        assert_int_equal(fanout_add(f, counter_new(&counts[i], NULL, NULL, 1), NULL), 0);
    struct giver giver = {f, &home};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, emit_many, &giver);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    fanout_close(f);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(counts[i].samples, 4500);
        assert_true(counts[i].flushes >
                    0); /* an interval of a nanosecond is over after each batch */
    }
    assert_int_equal(home, 1500);
}

static void real_outputs_run_side_by_side(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    char *csv = mem_printf("csv=%s/out.csv", r.dir);
    char *json = mem_printf("json=%s", r.file);
    const char *specs[] = {csv, json, "json=/dev/full"};
    struct fanout *f = fanout_new(r.logger, 0);
    for (int i = 0; i < 3; i++) {
        struct output *o = NULL;
        assert_int_equal(output_open(&o, specs[i], &r.params, NULL), 0);
        assert_int_equal(output_start(o, NULL), 0);
        assert_int_equal(fanout_add(f, o, NULL), 0);
    }
    struct metric *m = rig_metric(&r, "mm", METRIC_RATE, METRIC_DEFAULT);
    struct tagset *tags = rig_tags(&r, "k", "v", NULL);
    int home = 0;
    for (int i = 0; i < 20; i++) {
        struct sample_batch *b = batch_of(&home, 0);
        for (int k = 0; k < 100; k++)
            rig_add(b, m, tags, NULL, i, k); /* this test holds the one reference */
        fanout_emit(f, b);
    }
    fanout_close(f);
    assert_int_equal(home, 20);
    tags_unref(tags);
    char *csv_path = mem_printf("%s/out.csv", r.dir);
    char *text = rig_slurp(csv_path, NULL);
    int lines = 0;
    for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    assert_int_equal(lines, 2001);
    free(text);
    text = rig_slurp(r.file, NULL);
    lines = 0;
    for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    assert_int_equal(lines, 2001);
    free(text);
    text = rig_slurp(r.log_file, NULL);
    assert_non_null(strstr(text, "/dev/full: No space left on device"));
    free(text);
    unlink(csv_path);
    mem_free(csv_path);
    mem_free(csv);
    mem_free(json);
    rig_close(&r);
}

static void unknown_outputs_are_told_by_name(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    assert_refused(&r, "jsn=x", "invalid output type 'jsn', available types are: csv, json");
    assert_refused(&r, "", "invalid output type '', available types are: csv, json");
    rig_close(&r);
}

TEST_SUITE(fanout){
    TEST(gives_every_batch_to_every_output)
    TEST(sends_batches_home_when_there_is_no_output)
    TEST(drops_and_counts_what_a_slow_output_cannot_take)
    TEST(a_slow_output_does_not_hold_up_the_others)
    TEST(takes_from_several_threads)
    TEST(real_outputs_run_side_by_side)
    TEST(unknown_outputs_are_told_by_name)
    TEST_END
};
