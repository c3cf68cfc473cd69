/* progress_test.c - the display for given moments. */
#include "cli/progress.h"

#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "test.h"

static struct progress_totals some_totals(void)
{
    return (struct progress_totals){
        .phase = RUN_RUNNING,
        .elapsed_ns = 1500 * NS_PER_MS,
        .max_duration_ns = 33 * NS_PER_SEC,
        .vus_active = 2,
        .vus_initialized = 10,
        .vus_planned = 10,
        .vus_max = 10,
        .iterations_complete = 7,
    };
}

static void times_have_the_width_of_the_longest(void **state)
{
    static const struct {
        int64_t ns, max_ns;
        const char *text;
    } cases[] = {
        {1500 * NS_PER_MS, 3 * NS_PER_SEC, "1.5s"},
        {1500 * NS_PER_MS, 33 * NS_PER_SEC, "01.5s"},
        {65 * NS_PER_SEC, 90 * NS_PER_SEC, "1m05.0s"},
        {65 * NS_PER_SEC, 1800 * NS_PER_SEC, "01m05.0s"},
        {65 * NS_PER_SEC, 7200 * NS_PER_SEC, "0h01m05.0s"},
        {0, 90000 * NS_PER_SEC, "0d00h00m00.0s"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out;
        buf_init(&out, 64);
        progress_put_time(&out, cases[i].ns, cases[i].max_ns);
        assert_string_equal(out.data, cases[i].text);
        buf_deinit(&out);
    }
}

static char *render(const struct scenario_progress *p, size_t count, bool is_terminal, int width,
                    int *lines)
{
    struct progress_totals totals = some_totals();
    struct buf out;
    buf_init(&out, 1 << 16);
    struct progress_look look = {.is_terminal = is_terminal, .columns = width};
    progress_render(&out, &totals, p, count, &look);
    *lines = progress_count_rows((struct str){out.data, out.len}, width);
    char *text = buf_take(&out);
    buf_deinit(&out);
    return text;
}

static void a_plain_block_shows_percentages(void **state)
{
    struct scenario s;
    int lines;
    scenario_init(&s, "default", EXECUTOR_CONSTANT_VUS);
    struct scenario_progress p = {.config = &s,
                                  .state = SCENARIO_RUNNING,
                                  .fraction = 0.5,
                                  .elapsed_ns = 1500 * NS_PER_MS,
                                  .total_ns = 3 * NS_PER_SEC,
                                  .vus_planned = 10};
    char *text = render(&p, 1, false, 80, &lines);
    assert_string_equal(text,
                        "\n"
                        "running (01.5s), 02/10 VUs, 7 complete and 0 interrupted iterations\n"
                        "default   [  50% ] 10 VUs  1.5s/3s\n");
    assert_int_equal(lines, 3);
    mem_free(text);
    scenario_deinit(&s);
}

static void a_finished_scenario_shows_its_length_alone(void **state)
{
    struct scenario s;
    int lines;
    scenario_init(&s, "pool", EXECUTOR_SHARED_ITERATIONS);
    struct scenario_progress p = {.config = &s,
                                  .state = SCENARIO_DONE,
                                  .fraction = 1,
                                  .elapsed_ns = 200 * NS_PER_MS,
                                  .total_ns = 600 * NS_PER_SEC,
                                  .vus_planned = 2,
                                  .iterations_done = 4,
                                  .iterations_total = 10};
    char *text = render(&p, 1, false, 80, &lines);
    assert_non_null(strstr(text, "pool ✓ [ 100% ] 2 VUs  00m00.2s/10m0s  04/10 shared iters\n"));
    mem_free(text);
    scenario_deinit(&s);
}

static void a_terminal_gets_bars_that_fit_its_width(void **state)
{
    struct scenario s;
    int lines;
    scenario_init(&s, "a-name-that-is-much-longer-than-thirty-columns", EXECUTOR_RAMPING_VUS);
    struct scenario_progress p = {.config = &s,
                                  .state = SCENARIO_RUNNING,
                                  .fraction = 0.25,
                                  .elapsed_ns = NS_PER_SEC,
                                  .total_ns = 4 * NS_PER_SEC,
                                  .vus_planned = 8};
    char *text = render(&p, 1, true, 100, &lines);
    assert_non_null(strstr(text, "a-name-that-is-much-longer-... "));
    assert_non_null(strstr(text, "=>"));
    char *row = strstr(text, "a-name");
    assert_true(strcspn(row, "\033") <= 100);
    mem_free(text);
    text = render(&p, 1, true, 40, &lines);
    assert_non_null(strstr(text, "[  25% ]"));
    assert_true(lines > 3);
    mem_free(text);
    scenario_deinit(&s);
}

static void a_scenario_that_has_not_begun_shows_how_long_it_waits(void **state)
{
    struct scenario s;
    int lines;
    scenario_init(&s, "later", EXECUTOR_CONSTANT_VUS);
    s.start_time_ns = 10 * NS_PER_SEC;
    struct scenario_progress p = {.config = &s,
                                  .state = SCENARIO_WAITING,
                                  .elapsed_ns = 4 * NS_PER_SEC,
                                  .total_ns = 10 * NS_PER_SEC};
    char *text = render(&p, 1, false, 80, &lines);
    assert_non_null(strstr(text, "later • [   0% ] waiting  06.0s\n"));
    mem_free(text);
    scenario_deinit(&s);
}

static void the_header_lists_the_scenarios(void **state)
{
    struct scenario s;
    struct buf out;
    scenario_init(&s, "default", EXECUTOR_PER_VU_ITERATIONS);
    struct scenario_list list = {&s, 1};
    struct scenario_share share = {.vus = 1, .iterations = 1};
    struct header_facts facts = {"script.js", "-", 100, 1, 630 * NS_PER_SEC, &list, &share};
    buf_init(&out, 4096);
    progress_put_header(&out, &facts, false);
    assert_string_equal(
        out.data, "\n"
                  "     execution: local\n"
                  "        script: script.js\n"
                  "        output: -\n"
                  "\n"
                  "     scenarios: (100.00%) 1 scenario, 1 max VUs, 10m30s max duration (incl. "
                  "graceful stop):\n"
                  "              * default: 1 iterations for each of 1 VUs (maxDuration: "
                  "10m0s, gracefulStop: 30s)\n"
                  "\n");
    buf_deinit(&out);
    scenario_deinit(&s);
}

static char *render_look(const struct progress_totals *totals, const struct scenario_progress *p,
                         size_t count, const struct progress_look *look)
{
    struct buf out;
    buf_init(&out, 1 << 16);
    progress_render(&out, totals, p, count, look);
    char *text = buf_take(&out);
    buf_deinit(&out);
    return text;
}

static void before_the_scenarios_begin_it_says_what_is_done(void **state)
{
    struct scenario s;
    scenario_init(&s, "default", EXECUTOR_CONSTANT_VUS);
    struct scenario_progress p = {.config = &s, .state = SCENARIO_WAITING};
    struct progress_look look = {.columns = 80};
    struct progress_totals totals = {
        .phase = RUN_INIT, .vus_initialized = 5, .vus_planned = 20, .vus_max = 20};
    char *text = render_look(&totals, &p, 1, &look);
    assert_string_equal(text, "\nInit      [  25% ] 05/20 VUs initialized\n"
                              "default   [   0% ]\n");
    mem_free(text);
    totals.is_paused = true;
    text = render_look(&totals, &p, 1, &look);
    assert_non_null(strstr(text, "\nRun       [ 100% ] paused\n"));
    mem_free(text);
    totals.is_paused = false;
    totals.phase = RUN_SETUP;
    text = render_look(&totals, &p, 1, &look);
    assert_non_null(strstr(text, "\nRun       [ 100% ] setup()\n"));
    mem_free(text);
    scenario_deinit(&s);
}

static void arrival_rates_have_numbers_of_fixed_width(void **state)
{
    struct scenario s;
    scenario_init(&s, "open", EXECUTOR_RAMPING_ARRIVAL_RATE);
    struct scenario_progress p = {.config = &s,
                                  .state = SCENARIO_RUNNING,
                                  .fraction = 0.5,
                                  .elapsed_ns = 5 * NS_PER_SEC,
                                  .total_ns = 10 * NS_PER_SEC,
                                  .vus_active = 3,
                                  .vus_allocated = 5,
                                  .vus_planned = 5,
                                  .vus_max = 100,
                                  .rate = 7.126,
                                  .rate_max = 250};
    int lines;
    char *text = render(&p, 1, false, 80, &lines);
    assert_non_null(strstr(text, "open   [  50% ] 003/005 VUs  05.0s/10s  007.13 iters/s\n"));
    mem_free(text);
    scenario_deinit(&s);
}

static void a_low_terminal_shows_the_scenarios_that_run(void **state)
{
    enum { COUNT = 30 };
    struct scenario s[COUNT];
    struct scenario_progress p[COUNT] = {0};
    char name[8] = "s00";
    for (int i = 0; i < COUNT; i++) {
        name[1] = (char)('0' + i / 10);
        name[2] = (char)('0' + i % 10);
        scenario_init(&s[i], name, EXECUTOR_CONSTANT_VUS);
        p[i].config = &s[i];
        p[i].state = i < 10 ? SCENARIO_DONE : i < 20 ? SCENARIO_WAITING : SCENARIO_RUNNING;
    }
    struct progress_totals totals = some_totals();
    struct progress_look look = {.is_terminal = true, .columns = 100, .rows = 16};
    char *text = render_look(&totals, p, COUNT, &look);
    assert_true(progress_count_rows(str_of(text), 100) < 16);
    assert_null(strstr(text, "s09"));
    assert_non_null(strstr(text, "s10"));
    assert_non_null(strstr(text, "s20"));
    assert_non_null(strstr(text, "s29"));
    assert_non_null(strstr(text, " more scenarios\033[K\n"));
    mem_free(text);
    look.rows = 0;
    text = render_look(&totals, p, COUNT, &look);
    assert_int_equal(progress_count_rows(str_of(text), 100), 32);
    assert_null(strstr(text, "more scenarios"));
    mem_free(text);
    look.rows = 1; /* hopeless, but no reason to hang */
    mem_free(render_look(&totals, p, COUNT, &look));
    for (int i = 0; i < COUNT; i++)
        scenario_deinit(&s[i]);
}

static void rows_are_counted_as_the_terminal_wraps_them(void **state)
{
    assert_int_equal(progress_count_rows(STR("\033[K\n"), 10), 1);
    assert_int_equal(progress_count_rows(STR("1234567890\033[K\n"), 10), 1);
    assert_int_equal(progress_count_rows(STR("12345678901\033[K\n"), 10), 2);
    assert_int_equal(progress_count_rows(STR("\033[36m\342\200\242\033[0m23456789 \n"), 10), 1);
    assert_int_equal(progress_count_rows(STR("a\n\nb\n"), 10), 3);
    assert_int_equal(progress_count_rows(STR("\033["), 10), 0);
}

/* clang-format off */
TEST_SUITE(progress){
    TEST(times_have_the_width_of_the_longest)
    TEST(a_plain_block_shows_percentages)
    TEST(a_finished_scenario_shows_its_length_alone)
    TEST(a_terminal_gets_bars_that_fit_its_width)
    TEST(a_scenario_that_has_not_begun_shows_how_long_it_waits)
    TEST(before_the_scenarios_begin_it_says_what_is_done)
    TEST(arrival_rates_have_numbers_of_fixed_width)
    TEST(a_low_terminal_shows_the_scenarios_that_run)
    TEST(rows_are_counted_as_the_terminal_wraps_them)
    TEST(the_header_lists_the_scenarios)
    TEST_END
};
