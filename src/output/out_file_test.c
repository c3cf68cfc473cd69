/* out_file_test.c - files of outputs: full disks, closed pipes, gzip. */
#include "output/out_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "output_rig.h"

static int count_lines(const char *path)
{
    char *text = rig_slurp(path, NULL);
    int lines = 0;
    for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    free(text);
    return lines;
}

static void fill(struct out_file *f, int records)
{
    for (int i = 0; i < records; i++) {
        buf_adds(&f->text, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n");
        out_file_commit(f);
    }
}

static void open_file(struct out_file *f, const char *path, int stdout_fd, const char *type,
                      struct logger *lg)
{
    out_file_init(f, path, stdout_fd, type, lg);
    assert_int_equal(out_file_open(f, NULL), 0);
}

static void says_once_that_the_disk_is_full(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct out_file f;
    open_file(&f, "/dev/full", -1, "json", r.logger);
    fill(&f, 50000);
    out_file_flush(&f);
    fill(&f, 10);
    out_file_close(&f);
    char *log = rig_slurp(r.log_file, NULL);
    assert_non_null(
        strstr(log, "The output json cannot write to /dev/full: No space left on device."));
    free(log);
    assert_int_equal(count_lines(r.log_file), 1);
    rig_close(&r);
}

static void packs_onto_a_full_disk_too(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct out_file f;
    mem_free(r.file);
    r.file = mem_printf("%s/full.gz", r.dir);
    assert_int_equal(symlink("/dev/full", r.file), 0);
    open_file(&f, r.file, -1, "csv", r.logger);
    fill(&f, 50000);
    out_file_close(&f);
    assert_int_equal(count_lines(r.log_file), 1);
    rig_close(&r);
}

static void survives_a_pipe_that_nobody_reads(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    struct out_file f;
    open_file(&f, "-", ends[1], "json", r.logger);
    fill(&f, 10);
    out_file_close(&f);
    close(ends[1]);
    char *log = rig_slurp(r.log_file, NULL);
    assert_non_null(strstr(log, "standard output: Broken pipe"));
    free(log);
    rig_close(&r);
}

static void empties_a_file_that_is_there(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    for (int i = 0; i < 2; i++) {
        struct out_file f;
        open_file(&f, r.file, -1, "json", r.logger);
        fill(&f, 3 - i);
        out_file_close(&f);
        assert_int_equal(count_lines(r.file), 3 - i);
    }
    rig_close(&r);
}

static void one_that_never_opened_closes(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct out_file f;
    struct err e = {0};
    out_file_init(&f, "/nonexistent/x", -1, "json", r.logger);
    assert_true(out_file_open(&f, &e) < 0);
    assert_string_equal(e.msg, "open /nonexistent/x: No such file or directory");
    err_deinit(&e);
    out_file_close(&f);
    rig_close(&r);
}

TEST_SUITE(out_file){
    TEST(says_once_that_the_disk_is_full)
    TEST(packs_onto_a_full_disk_too)
    TEST(survives_a_pipe_that_nobody_reads)
    TEST(empties_a_file_that_is_there)
    TEST(one_that_never_opened_closes)
    TEST_END
};
