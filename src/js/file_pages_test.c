/* file_pages_test.c - large files that open() gives to many VUs. */
#include "js/file_pages.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "js/js_harness.h"
#include "test.h"

static char *pattern(size_t len)
{
    char *text = mem_alloc(len + 1);
    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + i % 26);
    text[len] = '\0';
    return text;
}

static void expect(struct harness *h, size_t size, const char *script, const char *want)
{
    char *text = pattern(size);
    harness_file(h, "big.bin", text);
    harness_run(h, script);
    assert_int_equal(h->rc, 0);
    assert_string_equal(h->console, want);
    harness_end(h);
    mem_free(text);
}

static void the_bytes_are_kept(void **state)
{
    char *text = pattern(FILE_PAGES_MIN + 5);
    struct str bytes = {text, FILE_PAGES_MIN + 5};
    struct file_pages *p = file_pages_new(bytes);
    assert_non_null(p);
    assert_true(str_eq(file_pages_bytes(p), bytes));
    file_pages_free(p);
    file_pages_free(NULL);
    mem_free(text);
}

static void what_a_vu_writes_is_its_own(void **state)
{
    struct harness h = {.vus = 3};
    expect(&h, 300000,
           "const b = open('./big.bin', 'b'), other = new Uint8Array(open('./big.bin', 'b')); "
           "const bytes = new Uint8Array(b), last = b.byteLength - 1;"
           "export default function () { bytes[0] += __VU; bytes[last] = 0; "
           "console.log(bytes[0] - __VU, bytes[last], other[0], other[last], b.resizable); }",
           "97 0 97 108 false\n97 0 97 108 false\n97 0 97 108 false\n");
}

static void text_of_the_same_file_is_text(void **state)
{
    struct harness h = {0};
    expect(&h, 300000,
           "const t = open('./big.bin'), b = open('./big.bin', 'b');"
           "export default function () { console.log(t.length, b.byteLength, t[299999]); }",
           "300000 300000 l\n");
}

static void a_buffer_may_change_hands_and_length(void **state)
{
    struct harness h = {.vus = 2};
    expect(&h, 200000,
           "const b = open('./big.bin', 'b');"
           "export default function () { const same = b.transfer(), more = same.transfer(300000), "
           "less = more.transfer(5); const none = less.transfer(0);"
           "console.log(b.byteLength, same.detached, more.detached, less.detached, none.byteLength);"
           "const c = none; }",
           "0 true true true 0\n0 true true true 0\n");
    struct harness k = {0};
    expect(&k, 200000,
           "const b = open('./big.bin', 'b');"
           "export default function () { const v = new Uint8Array(b.transfer(300000)); "
           "console.log(v.length, v[0], v[199999], v[200000], v[299999]); v[299999] = 1; }",
           "300000 97 104 0 0\n");
}

static long anonymous_kb(void)
{
    long kb = -1;
    char line[128];
    FILE *f = fopen("/proc/self/status", "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL)
        sscanf(line, "RssAnon: %ld", &kb);
    fclose(f);
    return kb;
}

enum { BIG = 16 * 1024 * 1024, MANY = 48 };

/* Every VU is there, each with its buffer, when its iteration begins. */
static void check_memory(struct vu *vu)
{
    if (anonymous_kb() > MANY * (BIG / 1024) / 3)
        fail_msg("%d VUs hold %ld KiB", MANY, anonymous_kb());
}

static void many_vus_hold_it_once(void **state)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    skip(); /* they keep what the tests before this one freed */
#endif
    struct harness h = {.vus = MANY, .before_iteration = check_memory};
    char *text = pattern(BIG);
    harness_file(&h, "big.bin", text);
    mem_free(text);
    harness_run(&h, "const b = new Uint8Array(open('./big.bin', 'b'));"
                    "export default function () { b[12345]++; }");
    assert_int_equal(h.rc, 0);
    assert_int_equal(h.results[VU_OK], MANY);
    harness_end(&h);
}

TEST_SUITE(file_pages)
{
    TEST(the_bytes_are_kept)
    TEST(what_a_vu_writes_is_its_own)
    TEST(text_of_the_same_file_is_text)
    TEST(a_buffer_may_change_hands_and_length)
    TEST(many_vus_hold_it_once)
    TEST_END
};
