/* segment_test.c - fractions, striping, and that the parts of any sequence make the whole. */
#include "exec/segment.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/mem.h"
#include "test.h"

static struct segment *parse(const char *segment, const char *sequence)
{
    struct segment *s = NULL;
    struct err e = {0};
    int rc = segment_parse(&s, str_of(segment), str_of(sequence), &e);
    if (rc < 0)
        print_message("%s\n", e.msg);
    assert_int_equal(rc, 0);
    return s;
}

static void check_indexes(const char *segment, const char *sequence, int64_t a, int64_t b,
                          int64_t c)
{
    struct segment *s = parse(segment, sequence);
    assert_int_equal(segment_index(s, 0), a);
    assert_int_equal(segment_index(s, 1), b);
    assert_int_equal(segment_index(s, 2), c);
    segment_free(s);
}

static void whole_segment_changes_nothing(void **state)
{
    struct segment *s = segment_whole();
    assert_true(segment_is_whole(s));
    assert_int_equal(segment_scale(s, 17), 17);
    assert_int_equal(segment_index(s, 17), 17);
    assert_true(segment_length(s) == 1);
    segment_free(s);
    s = parse("", "");
    assert_true(segment_is_whole(s));
    segment_free(s);
}

static void longest_segment_takes_first(void **state)
{
    check_indexes("0:1/2", "0,1/2,3/4,1", 0, 2, 4);
    check_indexes("1/2:3/4", "0,1/2,3/4,1", 1, 5, 9);
    check_indexes("3/4:1", "0,1/2,3/4,1", 3, 7, 11);
}

static void segment_without_sequence_is_filled_around(void **state)
{
    check_indexes("0:1/3", "", 1, 4, 7);
    check_indexes("1/3:2/3", "", 1, 4, 7);
    check_indexes("2/3:1", "", 1, 4, 7);
}

static void fractions_have_many_spellings(void **state)
{
    static const char *const spellings[] = {"1/4:1/2", "25%:50%", "0.25:0.5", "2/8:50%",
                                            ".25:0.50"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        struct segment *s = parse(spellings[i], "0,25%,0.5,1.0");
        assert_true(segment_length(s) == 0.25);
        assert_int_equal(segment_index(s, 0), 3);
        assert_int_equal(segment_index(s, 1), 7);
        segment_free(s);
    }
    struct segment *first = parse("20%", "");
    assert_int_equal(segment_scale(first, 100), 20);
    segment_free(first);
}

static void bad_segments_are_refused(void **state)
{
    static const struct {
        const char *segment, *sequence;
    } bad[] = {{"x", ""},
               {"1/0", ""},
               {"-1/2:1", ""},
               {"1/2:1/4", ""},
               {"0:2", ""},
               {"1/2:1/2", ""},
               {":", ""},
               {"0:1/2", "0"},
               {"0:1/2", "0,1/3,1"},
               {"0:1/2", "0,,1"},
               {"0:1/2", "0,1/2,1/4"},
               {"1.2.3", ""},
               {"0:-0.5", ""},
               {"0:1/3000000", ""},
               {"1//2", ""},
               {"%", ""},
               {"0:1/2", ","},
               {"", "0,1/2,1"},
               {"0:1/999983", "0,1/999983,1/2,1"},
               {"99999999999999999999", ""},
               {"9223372036854775807/2", ""}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct segment *s = NULL;
        struct err e = {0};
        if (segment_parse(&s, str_of(bad[i].segment), str_of(bad[i].sequence), &e) == 0)
            fail_msg("'%s' in '%s' was accepted", bad[i].segment, bad[i].sequence);
        assert_null(s);
        assert_non_null(e.msg);
        assert_int_equal(e.exit_code, EXIT_INVALID_CONFIG);
        err_deinit(&e);
    }
}

/* A sequence of random borders, and its segments. */
enum { PARTS_MAX = 8 };
struct cut {
    struct segment *parts[PARTS_MAX];
    int count;
};

static void make_cut(struct cut *c, struct rng *rng)
{
    int64_t den = 2 + (int64_t)(rng_next(rng) % 60);
    char sequence[256] = "0";
    size_t len = 1;
    int64_t borders[PARTS_MAX + 1] = {0};
    c->count = 0;
    for (int64_t at = 0; at < den && c->count < PARTS_MAX;) {
        at += 1 + (int64_t)(rng_next(rng) % (uint64_t)den);
        if (at > den || c->count == PARTS_MAX - 1)
            at = den;
        borders[++c->count] = at;
        len += (size_t)snprintf(sequence + len, sizeof sequence - len, ",%d/%d", (int)at, (int)den);
    }
    for (int i = 0; i < c->count; i++) {
        char segment[64];
        snprintf(segment, sizeof segment, "%d/%d:%d/%d", (int)borders[i], (int)den,
                 (int)borders[i + 1], (int)den);
        c->parts[i] = parse(segment, sequence);
    }
}

static void free_cut(struct cut *c)
{
    for (int i = 0; i < c->count; i++)
        segment_free(c->parts[i]);
}

static void parts_of_any_sequence_make_the_whole(void **state)
{
    struct rng rng;
    rng_init(&rng, 1);
    for (int round = 0; round < 2000; round++) {
        struct cut c;
        make_cut(&c, &rng);
        int64_t n = (int64_t)(rng_next(&rng) % 300);
        int64_t sum = 0;
        char taken[300] = {0};
        for (int i = 0; i < c.count; i++) {
            int64_t share = segment_scale(c.parts[i], n);
            sum += share;
            for (int64_t k = 0; k < share; k++) {
                int64_t index = segment_index(c.parts[i], k);
                assert_true(index >= 0 && index < n);
                assert_int_equal(taken[index]++, 0);
            }
            assert_true(segment_index(c.parts[i], share) >= n);
        }
        assert_int_equal(sum, n);
        free_cut(&c);
    }
}

static void resized_parts_make_the_whole_too(void **state)
{
    struct rng rng;
    rng_init(&rng, 2);
    for (int round = 0; round < 500; round++) {
        struct cut c;
        make_cut(&c, &rng);
        int64_t vus = 1 + (int64_t)(rng_next(&rng) % 40);
        int64_t n = (int64_t)(rng_next(&rng) % 1000);
        int64_t sum = 0;
        for (int i = 0; i < c.count; i++) {
            struct segment *by_vus = segment_resize(c.parts[i], vus);
            assert_int_equal(by_vus == NULL, segment_scale(c.parts[i], vus) == 0);
            if (by_vus != NULL)
                sum += segment_scale(by_vus, n);
            segment_free(by_vus);
        }
        assert_int_equal(sum, n);
        free_cut(&c);
    }
}

static void scaling_never_shrinks(void **state)
{
    struct segment *s = parse("3/7:5/7", "");
    int64_t before = 0;
    for (int64_t n = 0; n < 100; n++) {
        int64_t now = segment_scale(s, n);
        assert_true(now == before || now == before + 1);
        before = now;
    }
    segment_free(s);
}

/* clang-format off */
TEST_SUITE(segment){
    TEST(whole_segment_changes_nothing)
    TEST(longest_segment_takes_first)
    TEST(segment_without_sequence_is_filled_around)
    TEST(fractions_have_many_spellings)
    TEST(bad_segments_are_refused)
    TEST(parts_of_any_sequence_make_the_whole)
    TEST(resized_parts_make_the_whole_too)
    TEST(scaling_never_shrinks)
    TEST_END
};
