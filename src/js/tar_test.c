/* tar_test.c - tests of tar.h. Archives as a whole, and damaged ones, are in archive_test.c. */
#include "js/tar.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static struct str bytes_of(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

static void assert_str(struct str s, const char *wanted)
{
    assert_int_equal(s.len, strlen(wanted));
    assert_memory_equal(s.p, wanted, s.len);
}

/* Writes one file of that name and reads it back. */
static void assert_name_survives(const char *name)
{
    struct buf out;
    struct tar_reader r;
    struct tar_entry entry;
    struct err e = {0};
    buf_init(&out, BUF_NO_LIMIT);
    tar_put_file(&out, str_of(name), STR("text"), 1);
    tar_put_end(&out);
    assert_int_equal(out.len % TAR_BLOCK, 0);
    tar_reader_init(&r, bytes_of(&out));
    assert_int_equal(tar_next(&r, &entry, &e), 1);
    assert_str(entry.name, name);
    assert_str(entry.data, "text");
    assert_true(entry.is_file);
    assert_int_equal(tar_next(&r, &entry, &e), 0);
    tar_reader_deinit(&r);
    buf_deinit(&out);
}

static char *repeat(char c, size_t count)
{
    char *s = mem_alloc(count + 1);
    memset(s, c, count);
    s[count] = '\0';
    return s;
}

static void names_of_every_length_survive(void **state)
{
    for (size_t len = 1; len <= 300; len += 1 + len % 7) {
        char *name = repeat('n', len);
        assert_name_survives(name);
        if (len > 20)
            name[len / 2] = '/';
        assert_name_survives(name);
        mem_free(name);
    }
    assert_name_survives("file/\xC3\xA9t\xC3\xA9.txt");
}

static void entries_come_in_order_with_their_data(void **state)
{
    struct buf out;
    struct tar_reader r;
    struct tar_entry entry;
    struct err e = {0};
    char *long_text = repeat('x', 1025);
    buf_init(&out, BUF_NO_LIMIT);
    tar_put_dir(&out, STR("dir"), 1);
    tar_put_file(&out, STR("dir/empty"), STR(""), 1);
    tar_put_file(&out, STR("dir/long"), str_of(long_text), 1);
    tar_put_link(&out, STR("dir/link"), STR("dir/long"), 1);
    tar_put_end(&out);
    tar_reader_init(&r, bytes_of(&out));
    assert_int_equal(tar_next(&r, &entry, &e), 1);
    assert_false(entry.is_file);
    assert_int_equal(tar_next(&r, &entry, &e), 1);
    assert_str(entry.data, "");
    assert_int_equal(tar_next(&r, &entry, &e), 1);
    assert_str(entry.name, "dir/long");
    assert_str(entry.data, long_text);
    assert_int_equal(tar_next(&r, &entry, &e), 1);
    assert_str(entry.name, "dir/link");
    assert_false(entry.is_file);
    assert_int_equal(tar_next(&r, &entry, &e), 0);
    tar_reader_deinit(&r);
    buf_deinit(&out);
    mem_free(long_text);
}

static void a_script_does_not_look_like_a_tar_file(void **state)
{
    char *script = repeat(' ', 2000);
    char *zeros = mem_calloc(1, 2000);
    assert_false(tar_begins(str_of(script)));
    assert_false(tar_begins((struct str){zeros, 2000}));
    assert_false(tar_begins(STR("export default function () {}")));
    assert_false(tar_begins(STR("")));
    mem_free(zeros);
    mem_free(script);
}

static void the_end_may_be_missing_but_not_the_data(void **state)
{
    struct buf out;
    struct tar_reader r;
    struct tar_entry entry;
    struct err e = {0};
    buf_init(&out, BUF_NO_LIMIT);
    tar_put_file(&out, STR("a"), STR("0123456789"), 1);
    tar_reader_init(&r, bytes_of(&out));
    assert_int_equal(tar_next(&r, &entry, &e), 1);
    assert_int_equal(tar_next(&r, &entry, &e), 0);
    tar_reader_deinit(&r);
    tar_reader_init(&r, (struct str){out.data, TAR_BLOCK + 5});
    assert_int_equal(tar_next(&r, &entry, &e), ERR_INVALID);
    assert_string_equal(e.msg, "unexpected end of the tar file");
    tar_reader_deinit(&r);
    err_deinit(&e);
    buf_deinit(&out);
}

TEST_SUITE(tar){
    TEST(names_of_every_length_survive)
    TEST(entries_come_in_order_with_their_data)
    TEST(a_script_does_not_look_like_a_tar_file)
    TEST(the_end_may_be_missing_but_not_the_data)
    TEST_END
};
