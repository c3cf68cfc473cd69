/* man_page_test.c - doc/c6.1 names every flag and every exit code. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/run_args.h"
#include "cli/target.h"
#include "test.h"

static char *read_page(void)
{
    char *text = mem_calloc(1, 1 << 18);
    FILE *f = fopen(C6_SOURCE_DIR "/doc/c6.1", "rbe");
    assert_non_null(f);
    size_t len = fread(text, 1, (1 << 18) - 1, f);
    fclose(f);
    assert_true(len > 0 && len < (1 << 18) - 1);
    return text;
}

/* "max-vus" is "\-\-max\-vus" in the page, and no longer name may stand for it. */
static bool names_flag(const char *page, const char *name)
{
    struct buf word;
    bool is_there = false;
    buf_init(&word, 4096);
    buf_adds(&word, "\\-\\-");
    for (; *name != '\0'; name++)
        if (buf_adds(&word, *name == '-' ? "\\-" : (const char[]){*name, '\0'}) < 0)
            break;
    for (const char *p = page; !is_there && (p = strstr(p, word.data)) != NULL; p++) {
        char next = p[word.len];
        is_there = !ascii_is_alpha(next) && (next != '\\' || p[word.len + 1] != '-');
    }
    buf_deinit(&word);
    return is_there;
}

static void every_flag_is_in_it(void **state)
{
    static void (*const lists[])(struct flag_list *) = {
        cmd_run_flags, cmd_archive_flags, cmd_inspect_flags,
        cmd_new_flags, cmd_version_flags, target_list_flags,
        cmd_features_flags,
    };
    char *page = read_page();
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct flag_list flags;
        lists[i](&flags);
        for (size_t k = 0; k < flags.count; k++)
            if (flags.items[k].help != NULL && !names_flag(page, flags.items[k].name))
                fail_msg("doc/c6.1 does not describe --%s", flags.items[k].name);
    }
    mem_free(page);
}

static void every_exit_code_is_in_it(void **state)
{
    static const int codes[] = {EXIT_OK,
                                EXIT_THRESHOLDS_FAILED,
                                EXIT_SETUP_TIMEOUT,
                                EXIT_TEARDOWN_TIMEOUT,
                                EXIT_STOPPED_BY_REST,
                                EXIT_INVALID_CONFIG,
                                EXIT_EXTERNAL_ABORT,
                                EXIT_CANNOT_START_API,
                                EXIT_SCRIPT_EXCEPTION,
                                EXIT_SCRIPT_ABORTED,
                                EXIT_MARKED_AS_FAILED,
                                EXIT_GENERIC};
    char *page = read_page();
    const char *section = strstr(page, ".SH EXIT STATUS");
    assert_non_null(section);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", codes[i]);
        if (strstr(section, text) == NULL)
            fail_msg("doc/c6.1 does not describe the exit code %s", text);
    }
    mem_free(page);
}

TEST_SUITE(man_page){TEST(every_flag_is_in_it) TEST(every_exit_code_is_in_it) TEST_END};
