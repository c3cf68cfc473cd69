/* layers_test.c - reads every #include "..." line under src/ and fails on one that the table of
 * layers does not allow. It tests no file of base: it lies here because base is the one layer that
 * every build has, so it runs with each of them. The table is that of CONTRIBUTING.md; it changes
 * there and here together. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/str.h"
#include "test.h"

#define ALL "*"

/* Folder, and what its files may include beside itself: folders, or single headers. */
static const struct layer {
    const char *folder;
    const char *may_include[12];
} layers[] = {
    {"base", {NULL}},
    {"core", {"base", NULL}},
    {"metrics", {"base", NULL}},
    {"options", {"base", "metrics", NULL}},
    {"net", {"base", "core", NULL}},
    {"exec", {"base", "core", "metrics", "options", NULL}},
    {"js", {"base", "core", "metrics", "exec/vu.h", NULL}},
    {"modules", {"base", "core", "metrics", "options", "net", "exec", "js", NULL}},
    {"output", {"base", "core", "metrics", "options", "net", NULL}},
    {"summary", {"base", "metrics", "options", NULL}},
    {"api", {"base", "core", "metrics", "net", "exec", NULL}},
    {"ext", {"base", "metrics", "output", "js", NULL}},
    {"cli", {ALL, NULL}},
};

/* Headers of other origin in quotes, and who may see them. */
static const struct {
    const char *header;
    const char *folders[4];
} foreign[] = {
    {"quickjs.h", {"js", "modules", "ext", NULL}},
    {"cutils.h", {"js", NULL}},
    {"dtoa.h", {"js", NULL}},
    {"libregexp.h", {"js", NULL}},
    {"libunicode.h", {"js", NULL}},
    {"list.h", {"js", NULL}}, /* the engine's; ours is base/list.h */
    {"quickjs.c", {"js", NULL}},
};

static const struct layer *layer_find(struct str folder)
{
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++)
        if (str_eqs(folder, layers[i].folder))
            return &layers[i];
    return NULL;
}

static bool is_foreign_allowed(struct str folder, struct str header)
{
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++)
        for (int k = 0; str_eqs(header, foreign[i].header) && foreign[i].folders[k] != NULL; k++)
            if (str_eqs(folder, foreign[i].folders[k]))
                return true;
    return false;
}

/* A header that lies in test/unit. */
static bool is_test_helper(struct str header)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/test/unit/%.*s", C6_SOURCE_DIR, (int)header.len, header.p);
    return access(path, F_OK) == 0;
}

/* Whether a file of folder, which is the first below src/, may include header. */
static bool is_allowed(struct str folder, bool is_test, struct str header)
{
    struct str first, rest;
    const struct layer *layer = layer_find(folder);
    if (layer == NULL)
        return false;
    if (!str_cut(header, '/', &first, &rest))
        return (is_test && is_test_helper(header)) || is_foreign_allowed(folder, header);
    if (is_test && (str_starts(header, "../../fuzz/") || str_starts(header, "../../../fuzz/")) &&
        str_ends(header, "_fuzz.c"))
        return true; /* a driver that the unit test replays */
    if (str_eq(first, folder))
        return true;
    for (int i = 0; layer->may_include[i] != NULL; i++)
        if (str_eqs(first, layer->may_include[i]) || str_eqs(header, layer->may_include[i]) ||
            (strcmp(layer->may_include[i], ALL) == 0 && layer_find(first) != NULL))
            return true;
    return false;
}

/* What stands between the quotes of an #include line, or nothing. */
static struct str included(struct str line)
{
    struct str nothing = {"", 0};
    struct str head, header, tail;
    line = str_trim(line);
    if (!str_starts(line, "#"))
        return nothing;
    line = str_trim((struct str){line.p + 1, line.len - 1});
    if (!str_starts(line, "include") || !str_cut(line, '"', &head, &tail) ||
        !str_cut(tail, '"', &header, &tail))
        return nothing;
    return header;
}

/* Adds a line to report for each include of the file that is not allowed. path is from src/ on. */
static void check_text(struct str text, struct str path, struct buf *report)
{
    struct str folder, rest, line;
    bool is_test = str_ends(path, "_test.c");
    str_cut(path, '/', &folder, &rest);
    for (int number = 1; text.len > 0; number++) {
        str_cut(text, '\n', &line, &text);
        struct str header = included(line);
        if (header.len > 0 && !is_allowed(folder, is_test, header))
            buf_addf(report, "src/%.*s:%d may not include \"%.*s\"\n", (int)path.len, path.p,
                     number, (int)header.len, header.p);
    }
}

static void read_file(const char *path, struct buf *fills)
{
    char piece[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return; /* an editor's short-lived file */
    for (size_t len; (len = fread(piece, 1, sizeof piece, file)) > 0;)
        buf_add(fills, piece, len);
    fclose(file);
}

/* Walks src/<below>; counts the files it has read. */
static int check_folder(const char *below, struct buf *report)
{
    char path[1024];
    int files = 0;
    snprintf(path, sizeof path, "%s/src/%s", C6_SOURCE_DIR, below);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char name[512];
        struct stat info;
        struct str file = str_of(entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s%s%s", below, below[0] != '\0' ? "/" : "", entry->d_name);
        snprintf(path, sizeof path, "%s/src/%s", C6_SOURCE_DIR, name);
        if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
            if (below[0] == '\0' && layer_find(file) == NULL)
                buf_addf(report, "src/%s is no layer\n", name);
            else
                files += check_folder(name, report);
        } else if (str_ends(file, ".c") || str_ends(file, ".h")) {
            struct buf text;
            buf_init(&text, BUF_NO_LIMIT);
            read_file(path, &text);
            check_text((struct str){text.data, text.len}, str_of(name), report);
            buf_deinit(&text);
            files++;
        }
    }
    closedir(dir);
    return files;
}

static void every_include_keeps_to_the_layers(void **state)
{
    struct buf report;
    buf_init(&report, BUF_NO_LIMIT);
    int files = check_folder("", &report);
    assert_true(files > 20);
    if (report.len > 0)
        fail_msg("\n%s", report.data);
    buf_deinit(&report);
}

/* The rule itself, so that a test that sees nothing is not taken for a tree without fault. */
static void includes_that_break_the_layers_are_seen(void **state)
{
    static const struct {
        const char *path, *line;
        bool is_fine;
    } cases[] = {
        {"base/a.c", "#include \"base/b.h\"", true},
        {"base/a.c", "#include \"core/b.h\"", false},
        {"base/a.c", "  #  include   \"core/b.h\" // why", false},
        {"base/a.c", "#include <core/b.h>", true},
        {"base/a.c", "// #include \"core/b.h\"", true},
        {"base/a.c", "#include \"b.h\"", false},
        {"js/a.c", "#include \"exec/vu.h\"", true},
        {"js/a.c", "#include \"exec/run.h\"", false},
        {"js/a.c", "#include \"quickjs.h\"", true},
        {"net/a.c", "#include \"quickjs.h\"", false},
        {"exec/executors/a.c", "#include \"options/b.h\"", true},
        {"exec/executors/a.c", "#include \"exec/b.h\"", true},
        {"exec/executors/a.c", "#include \"js/b.h\"", false},
        {"output/a.c", "#include \"cli/b.h\"", false},
        {"cli/a.c", "#include \"js/b.h\"", true},
        {"cli/a.c", "#include \"nowhere/b.h\"", false},
        {"net/a.c", "#include \"test.h\"", false},
        {"net/a_test.c", "#include \"test.h\"", true},
        {"net/a_test.c", "#include \"quickjs.h\"", false},
        {"net/a_test.c", "#include \"../../fuzz/a_fuzz.c\"", true},
        {"modules/http/a_test.c", "#include \"../../../fuzz/a_fuzz.c\"", true},
        {"net/a_test.c", "#include \"js/b.h\"", false},
        {"nowhere/a.c", "#include \"base/b.h\"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf report;
        buf_init(&report, BUF_NO_LIMIT);
        check_text(str_of(cases[i].line), str_of(cases[i].path), &report);
        if ((report.len == 0) != cases[i].is_fine)
            fail_msg("%s with %s: %s", cases[i].path, cases[i].line, report.data);
        buf_deinit(&report);
    }
}

TEST_SUITE(layers) {
    TEST(every_include_keeps_to_the_layers)
    TEST(includes_that_break_the_layers_are_seen)
    TEST_END
};
