/* fs_file_test.c - reading and seeking in an open file. */
#include "modules/fs/fs_file.h"

#include "test.h"

static struct fs_file *abc(void)
{
    return fs_file_new("/dir/abc.txt", STR("abc"));
}

static void it_knows_its_name_and_size(void **state)
{
    struct fs_file *f = abc();
    assert_true(str_eqs(fs_file_name(f), "abc.txt"));
    assert_string_equal(fs_file_path(f), "/dir/abc.txt");
    assert_int_equal(fs_file_size(f), 3);
    fs_file_unref(f);
}

static void reading_ends_with_the_file(void **state)
{
    char into[2];
    struct fs_file *f = abc(), *same = fs_file_ref(f);
    assert_int_equal(fs_file_read(f, into, 2), 2);
    assert_memory_equal(into, "ab", 2);
    fs_file_unref(f);
    assert_int_equal(fs_file_read(same, into, 2), 1);
    assert_int_equal(into[0], 'c');
    assert_int_equal(fs_file_read(same, into, 2), 0);
    fs_file_unref(same);
}

static void expect_seek(struct fs_file *f, int64_t offset, enum fs_whence whence, int64_t expected)
{
    int64_t place = -1;
    struct err e = {0};
    int rc = fs_file_seek(f, offset, whence, &place, &e);
    assert_int_equal(rc, expected < 0 ? ERR_INVALID : 0);
    if (expected >= 0)
        assert_int_equal(place, expected);
    err_deinit(&e);
}

static void seeking_stays_inside_the_file(void **state)
{
    struct fs_file *f = abc();
    expect_seek(f, 3, FS_START, 3);
    expect_seek(f, 4, FS_START, -1);
    expect_seek(f, -1, FS_START, -1);
    expect_seek(f, -2, FS_CURRENT, 1);
    expect_seek(f, -2, FS_CURRENT, -1);
    expect_seek(f, INT64_MAX, FS_CURRENT, -1);
    expect_seek(f, INT64_MIN, FS_CURRENT, -1);
    expect_seek(f, 0, FS_END, 2);
    expect_seek(f, -2, FS_END, 0);
    expect_seek(f, -3, FS_END, -1);
    expect_seek(f, INT64_MIN, FS_END, -1);
    expect_seek(f, 1, FS_END, -1);
    fs_file_unref(f);
}

static void an_empty_file_has_no_last_byte(void **state)
{
    struct fs_file *f = fs_file_new("/e", STR(""));
    expect_seek(f, 0, FS_START, 0);
    expect_seek(f, 0, FS_END, -1);
    fs_file_unref(f);
}

TEST_SUITE(fs_file){
    TEST(it_knows_its_name_and_size)
    TEST(reading_ends_with_the_file)
    TEST(seeking_stays_inside_the_file)
    TEST(an_empty_file_has_no_last_byte)
    TEST_END
};
