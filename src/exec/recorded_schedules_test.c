/* recorded_schedules_test.c - schedules and segments against numbers measured in k6 2.2, which
 * test/recorded/schedules.txt holds: random scenarios in random segments, one a line.
 *
 *     executor|segment|sequence|settings|what comes of them
 *
 * Steps are "at_ns:vus,..."; lists of indexes are the first things of this instance, counted over
 * the whole test. C6_SCHEDULES names another file of that form. */
#include "exec/plan.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "exec/executors/arrival.h"
#include "exec/executors/executors.h"
#include "exec/executors/ramping_vus.h"
#include "test.h"

struct line {
    char *executor, *segment, *sequence, *settings, *result;
};

/* The next field of text up to the separator, which is overwritten; NULL when none is left. */
static char *cut(char **text, char separator)
{
    char *start = *text;
    if (start == NULL)
        return NULL;
    char *end = strchr(start, separator);
    *text = end != NULL ? end + 1 : NULL;
    if (end != NULL)
        *end = '\0';
    return start;
}

static int64_t cut_number(char **text, char separator)
{
    char *field = cut(text, separator);
    char *end;
    assert_non_null(field);
    errno = 0;
    int64_t n = strtoll(field, &end, 10);
    assert_true(errno == 0 && end != field && *end == '\0');
    return n;
}

static void read_stages(struct scenario *s, char *text)
{
    VEC(struct stage) stages = {0};
    while (text != NULL) {
        struct stage st = {.has_duration = true, .has_target = true};
        st.duration_ns = cut_number(&text, ':');
        st.target = cut_number(&text, ',');
        VEC_PUSH(&stages, st);
    }
    s->stages = stages.items;
    s->stage_count = stages.len;
}

static void read_scenario(struct scenario *s, const char *name, const char *executor, char *text)
{
    enum executor_kind kind = EXECUTOR_CONSTANT_VUS;
    assert_int_equal(executor_parse(str_of(executor), &kind), 0);
    scenario_init(s, name, kind);
    switch (kind) {
    case EXECUTOR_SHARED_ITERATIONS:
    case EXECUTOR_PER_VU_ITERATIONS:
        s->vus = cut_number(&text, ' ');
        s->iterations = cut_number(&text, ' ');
        s->max_duration_ns = cut_number(&text, ' ');
        s->graceful_stop_ns = cut_number(&text, ' ');
        break;
    case EXECUTOR_CONSTANT_VUS:
        s->vus = cut_number(&text, ' ');
        s->duration_ns = cut_number(&text, ' ');
        s->graceful_stop_ns = cut_number(&text, ' ');
        break;
    case EXECUTOR_RAMPING_VUS:
        s->start_vus = cut_number(&text, ' ');
        s->graceful_ramp_down_ns = cut_number(&text, ' ');
        s->graceful_stop_ns = cut_number(&text, ' ');
        read_stages(s, text);
        break;
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        s->start_rate = s->rate = (double)cut_number(&text, ' ');
        s->time_unit_ns = cut_number(&text, ' ');
        s->pre_allocated_vus = cut_number(&text, ' ');
        s->max_vus = cut_number(&text, ' ');
        s->graceful_stop_ns = cut_number(&text, ' ');
        if (kind == EXECUTOR_RAMPING_ARRIVAL_RATE)
            read_stages(s, text);
        else
            s->duration_ns = cut_number(&text, ' ');
        break;
    }
}

static void check_steps(const struct plan_steps *got, char *want)
{
    for (size_t i = 0; i < got->v.len; i++) {
        assert_non_null(want);
        int64_t at_ns = cut_number(&want, ':');
        int64_t vus = cut_number(&want, ',');
        assert_int_equal(got->v.items[i].at_ns, at_ns);
        assert_int_equal(got->v.items[i].vus, vus);
    }
    assert_null(want);
}

static void check_indexes(const struct segment *s, char *want)
{
    for (int64_t i = 0; want != NULL; i++)
        assert_int_equal(segment_index(s, i), cut_number(&want, ','));
}

static void check_ramping_vus(const struct scenario *s, const struct segment *segment, char *want)
{
    struct plan_steps wanted = {0};
    struct plan_steps reserved = {0};
    ramping_vus_wanted(s, segment, &wanted);
    ramping_vus_reserved(s, segment, &reserved);
    check_steps(&wanted, cut(&want, ';'));
    check_steps(&reserved, cut(&want, ';'));
    VEC_DEINIT(&wanted.v);
    VEC_DEINIT(&reserved.v);
}

/* How many starts, and when the first ones are due: to the nanosecond above or below. */
static void check_starts(const struct scenario *s, const struct segment *stripes, char *want)
{
    int64_t count = cut_number(&want, ';');
    char *times = cut(&want, ';');
    for (int64_t i = 0; i < count && times != NULL && *times != '\0'; i++) {
        int64_t at_ns = ramping_arrival_start_ns(s, segment_index(stripes, i));
        int64_t off_ns = at_ns - cut_number(&times, ',');
        assert_true(off_ns >= -1 && off_ns <= 1);
    }
    assert_true(count == 0 || ramping_arrival_start_ns(s, segment_index(stripes, count - 1)) >= 0);
    assert_true(ramping_arrival_start_ns(s, segment_index(stripes, count)) < 0);
    check_indexes(stripes, want);
}

static void check_plan(const struct scenario *s, const struct segment *segment, char *want)
{
    struct scenario_list list = {(struct scenario *)(uintptr_t)s, 1};
    struct plan *p = plan_new(&list, segment);
    const struct scenario_plan *sp = &p->scenarios[0];
    assert_int_equal(sp->has_work, strcmp(want, "none") != 0);
    if (sp->has_work) {
        check_steps(&sp->reserved, cut(&want, ';'));
        if (s->executor == EXECUTOR_SHARED_ITERATIONS)
            assert_int_equal(sp->iterations, cut_number(&want, ';'));
        const struct segment *stripes =
            sp->iteration_segment != NULL ? sp->iteration_segment : segment;
        if (s->executor == EXECUTOR_RAMPING_ARRIVAL_RATE)
            check_starts(s, stripes, want);
        else
            check_indexes(stripes, want);
    }
    plan_free(p);
}

static void check_whole_plan(char *settings, const struct segment *segment, char *want)
{
    VEC(struct scenario) items = {0};
    while (settings != NULL) {
        char *text = cut(&settings, '+');
        char *name = cut(&text, ' ');
        int64_t start_ns = cut_number(&text, ' ');
        struct scenario s;
        char *executor = cut(&text, ' ');
        read_scenario(&s, name, executor, text);
        s.start_time_ns = start_ns;
        VEC_PUSH(&items, s);
    }
    struct scenario_list list = {items.items, items.len};
    scenario_list_sort(&list);
    struct plan *p = plan_new(&list, segment);
    assert_int_equal(p->vus, cut_number(&want, ' '));
    assert_int_equal(p->max_vus, cut_number(&want, ' '));
    assert_int_equal(p->max_duration_ns, cut_number(&want, ' '));
    plan_free(p);
    scenario_list_deinit(&list);
}

static void check_line(char *text)
{
    struct line l = {.executor = cut(&text, '|')};
    l.segment = cut(&text, '|');
    l.sequence = cut(&text, '|');
    l.settings = cut(&text, '|');
    l.result = text;
    struct segment *segment = NULL;
    assert_int_equal(segment_parse(&segment, str_of(l.segment), str_of(l.sequence), NULL), 0);
    if (strcmp(l.executor, "plan") == 0) {
        check_whole_plan(l.settings, segment, l.result);
    } else {
        struct scenario s;
        read_scenario(&s, "x", l.executor, l.settings);
        if (s.executor == EXECUTOR_RAMPING_VUS)
            check_ramping_vus(&s, segment, l.result);
        else
            check_plan(&s, segment, l.result);
        scenario_deinit(&s);
    }
    segment_free(segment);
}

static void schedules_are_those_of_k6(void **state)
{
    const char *path = getenv("C6_SCHEDULES");
    FILE *f = fopen(path != NULL ? path : C6_SOURCE_DIR "/test/recorded/schedules.txt", "rbe");
    char *text = NULL;
    size_t size = 0;
    ssize_t len;
    int count = 0;
    assert_non_null(f);
    while ((len = getline(&text, &size, f)) > 0) {
        text[len - 1] = '\0';
        char *shown = mem_strdup(text);
        if (path != NULL)
            print_message("%s\n", shown);
        check_line(text);
        mem_free(shown);
        count++;
    }
    assert_true(count >= 350);
    free(text);
    fclose(f);
}

TEST_SUITE(recorded_schedules){TEST(schedules_are_those_of_k6) TEST_END};
