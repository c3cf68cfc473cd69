/* archive_test.c - tests of archive.h. */
#include "js/archive.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "fuzz_replay.h"
#include "js/tar.h"
#include "test.h"

#define LLVMFuzzerTestOneInput archive_fuzz_one
#include "../../fuzz/archive_fuzz.c"
#undef LLVMFuzzerTestOneInput

static struct archive *sample(void)
{
    struct archive *a = archive_new();
    struct key_value kv = {mem_strdup("GREET"), mem_strdup("hello")};
    a->main_url = mem_strdup("file:///home/alice/t%20x/main.js");
    a->base_url = mem_strdup("file:///home/alice/t%20x/");
    a->options_json = mem_strdup("{\"vus\":2,\"tags\":{\"a\":\"<b>\"}}");
    VEC_PUSH(&a->env, kv);
    archive_add(a, "file:///home/alice/t%20x/main.js", STR("import './lib/name.js'"));
    archive_add(a, "file:///home/alice/t%20x/lib/name.js", STR("export {}"));
    archive_add(a, "file:///etc/../srv/data.bin", (struct str){"a\0b", 3});
    archive_add(a, "https://example.com/lib.js?v=1", STR("export {}"));
    return a;
}

static void write_sample(struct buf *out)
{
    struct archive *a = sample();
    buf_init(out, BUF_NO_LIMIT);
    archive_write(out, a, 1700000000);
    archive_free(a);
}

static void assert_file(const struct archive *a, const char *url, const char *wanted)
{
    const struct archive_file *f = archive_get(a, url);
    assert_non_null(f);
    assert_string_equal(f->data, wanted);
}

static void what_is_written_reads_back(void **state)
{
    struct buf out;
    struct archive *a = NULL;
    struct err e = {0};
    write_sample(&out);
    assert_true(archive_begins((struct str){out.data, TAR_BLOCK}));
    assert_int_equal(archive_read(&a, (struct str){out.data, out.len}, &e), 0);
    assert_string_equal(a->main_url, "file:///home/nobody/t%20x/main.js");
    assert_string_equal(a->base_url, "file:///home/nobody/t%20x/");
    assert_string_equal(a->options_json, "{\"vus\":2,\"tags\":{\"a\":\"<b>\"}}");
    assert_int_equal(a->env.len, 1);
    assert_string_equal(a->env.items[0].value, "hello");
    assert_file(a, a->main_url, "import './lib/name.js'");
    assert_file(a, "file:///home/nobody/t%20x/lib/name.js", "export {}");
    assert_file(a, "https://example.com/lib.js?v=1", "export {}");
    assert_int_equal(archive_get(a, "file:///srv/data.bin")->len, 3);
    assert_null(archive_get(a, "file:///srv/other.bin"));
    archive_free(a);
    buf_deinit(&out);
}

static void users_are_not_named(void **state)
{
    struct buf out;
    struct archive *a = NULL;
    struct err e = {0};
    write_sample(&out);
    assert_null(memmem(out.data, out.len, "alice", 5));
    assert_int_equal(archive_read(&a, (struct str){out.data, out.len}, &e), 0);
    /* A script may still say open('/home/alice/...'). */
    assert_file(a, "file:///home/alice/t%20x/lib/name.js", "export {}");
    archive_free(a);
    buf_deinit(&out);
}

static void entries_are_those_that_k6_writes(void **state)
{
    static const struct {
        const char *name;
        bool is_file;
    } entries[] = {
        {"metadata.json", true},
        {"data", true},
        {"file", false},
        {"file/home", false},
        {"file/home/nobody", false},
        {"file/home/nobody/t x", false},
        {"file/home/nobody/t x/lib", false},
        {"file/srv", false},
        {"file/home/nobody/t x/lib/name.js", true},
        {"file/home/nobody/t x/main.js", false}, /* a link to data */
        {"file/srv/data.bin", true},
        {"https", false},
        {"https/example.com", false},
        {"https/example.com/lib.js?v=1", true},
    };
    struct buf out;
    struct tar_reader r;
    struct tar_entry entry;
    struct err e = {0};
    write_sample(&out);
    tar_reader_init(&r, (struct str){out.data, out.len});
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        assert_int_equal(tar_next(&r, &entry, &e), 1);
        assert_string_equal(entry.name.p, entries[i].name);
        assert_int_equal(entry.is_file, entries[i].is_file);
    }
    assert_int_equal(tar_next(&r, &entry, &e), 0);
    tar_reader_deinit(&r);
    buf_deinit(&out);
}

static void metadata_has_the_fields_that_k6_reads(void **state)
{
    struct buf out;
    struct tar_reader r;
    struct tar_entry entry;
    struct err e = {0};
    write_sample(&out);
    tar_reader_init(&r, (struct str){out.data, out.len});
    assert_int_equal(tar_next(&r, &entry, &e), 1);
    struct json *m = json_parse(entry.data, &e);
    assert_non_null(m);
    assert_string_equal(json_get(m, "type")->text.p, "js");
    assert_string_equal(json_get(m, "filename")->text.p, "file:///home/nobody/t%20x/main.js");
    assert_string_equal(json_get(m, "pwd")->text.p, "file:///home/nobody/t%20x");
    assert_string_equal(json_get(m, "compatibilityMode")->text.p, "extended");
    assert_string_equal(json_get(json_get(m, "env"), "GREET")->text.p, "hello");
    assert_int_equal(json_get(json_get(m, "options"), "vus")->number, 2);
    assert_non_null(json_get(m, "k6version"));
    assert_non_null(json_get(m, "goos"));
    json_free(m);
    tar_reader_deinit(&r);
    buf_deinit(&out);
}

static void assert_refused(const char *metadata, const char *wanted)
{
    struct buf out;
    struct archive *a = NULL;
    struct err e = {0};
    buf_init(&out, BUF_NO_LIMIT);
    tar_put_file(&out, STR("metadata.json"), str_of(metadata), 1);
    tar_put_file(&out, STR("data"), STR("x"), 1);
    tar_put_end(&out);
    assert_int_equal(archive_read(&a, (struct str){out.data, out.len}, &e), ERR_INVALID);
    if (strstr(e.msg, wanted) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", e.msg, wanted);
    err_deinit(&e);
    buf_deinit(&out);
}

static void unusable_metadata_is_refused_with_its_reason(void **state)
{
    assert_refused("", "metadata.json");
    assert_refused("[]", "unsupported test type ''");
    assert_refused("{\"type\":\"py\"}", "unsupported test type 'py'");
    assert_refused("{\"type\":\"js\"}", "no \"filename\"");
    assert_refused("{\"type\":\"js\",\"filename\":\"github.com/a/b.js\"}", "no URL of a file");
    assert_refused("{\"type\":\"js\",\"filename\":\"file:///a.js\"}", "no \"pwd\"");
    assert_refused(
        "{\"type\":\"js\",\"filename\":\"file:///a.js\",\"pwd\":\"file:///\",\"env\":[]}", "env");
    assert_refused(
        "{\"type\":\"js\",\"filename\":\"file:///a.js\",\"pwd\":\"file:///\",\"env\":{\"a\":1}}",
        "value of a");
    assert_refused(
        "{\"type\":\"js\",\"filename\":\"file:///a.js\",\"pwd\":\"file:///\",\"options\":1}",
        "options");
}

static void the_entry_data_wins_over_a_file_of_the_same_name(void **state)
{
    struct buf out;
    struct archive *a = NULL;
    struct err e = {0};
    buf_init(&out, BUF_NO_LIMIT);
    tar_put_file(&out, STR("data"), STR("new"), 1);
    tar_put_file(&out, STR("file/a.js"), STR("old"), 1);
    tar_put_file(&out, STR("metadata.json"),
                 STR("{\"type\":\"js\",\"filename\":\"file:///a.js\",\"pwd\":\"file:///\"}"), 1);
    tar_put_end(&out);
    assert_int_equal(archive_read(&a, (struct str){out.data, out.len}, &e), 0);
    assert_file(a, "file:///a.js", "new");
    assert_string_equal(a->options_json, "{}");
    archive_free(a);
    buf_deinit(&out);
}

static void read_sample_file(const char *name, struct archive **out)
{
    char path[1024];
    char *bytes = mem_alloc(1 << 20);
    struct err e = {0};
    snprintf(path, sizeof path, "%s/fuzz/corpus/archive/%s", C6_SOURCE_DIR, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t len = fread(bytes, 1, 1 << 20, f);
    fclose(f);
    if (archive_read(out, (struct str){bytes, len}, &e) < 0)
        fail_msg("%s: %s", name, e.msg);
    mem_free(bytes);
}

static void archives_of_other_writers_are_read(void **state)
{
    struct archive *a;
    read_sample_file("plain", &a);
    assert_file(a, "file:///t/a.txt", "x");
    assert_file(a, "file:///t/s.js", "1");
    archive_free(a);
    read_sample_file("old", &a); /* as k6 before 0.25 wrote them */
    assert_string_equal(a->base_url, "file:///home/me/");
    assert_file(a, "file:///home/me/a", "2");
    assert_file(a, "https://host/b.js", "3");
    archive_free(a);
    read_sample_file("remote", &a);
    assert_file(a, "https://h/s.js?x=1", "1");
    archive_free(a);
    read_sample_file("gnu", &a);
    assert_int_equal(map_len(a->files), 2);
    archive_free(a);
    read_sample_file("pax", &a);
    assert_int_equal(map_len(a->files), 3);
    archive_free(a);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("archive", archive_fuzz_one);
}

TEST_SUITE(archive){
    TEST(what_is_written_reads_back)
    TEST(users_are_not_named)
    TEST(entries_are_those_that_k6_writes)
    TEST(metadata_has_the_fields_that_k6_reads)
    TEST(unusable_metadata_is_refused_with_its_reason)
    TEST(the_entry_data_wins_over_a_file_of_the_same_name)
    TEST(archives_of_other_writers_are_read)
    TEST(the_corpus_is_clean)
    TEST_END
};
