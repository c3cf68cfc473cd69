/* completion_test.c - tests of completion.h. Where a shell is installed it reads its script. */
#include "cli/completion.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/run_args.h"
#include "test.h"

static void list_two(struct flag_list *fills)
{
    static const struct arg_flag flags[] = {
        {"vus", 'u', "int", NULL, "how many: it's a [number]", NULL, NULL},
        {"debug", 0, "string", "headers", "with a value or none", NULL, NULL},
        {"quiet", 'q', NULL, NULL, "a switch", NULL, NULL},
        {"hidden", 0, NULL, NULL, NULL, NULL, NULL},
    };
    memcpy(fills->items, flags, sizeof flags);
    fills->count = sizeof flags / sizeof flags[0];
}

static const struct command list[] = {
    {"run", NULL, "run it's test", WORD_FILE, list_two},
    {"help", NULL, "show help", WORD_COMMAND, NULL},
    {"shell", NULL, "show a shell", WORD_SHELL, NULL},
    {NULL, NULL, NULL, WORD_NONE, NULL},
};

static char *script_of(const char *shell)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_true(completion_put(&out, shell, list));
    return buf_take(&out);
}

static void only_known_shells_have_one(void **state)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_false(completion_put(&out, "tcsh", list));
    assert_int_equal(out.len, 0);
    for (int i = 0; completion_shells[i] != NULL; i++) {
        char *script = script_of(completion_shells[i]);
        assert_non_null(strstr(script, "vus"));
        assert_null(strstr(script, "hidden"));
        mem_free(script);
    }
    buf_deinit(&out);
}

/* Gives the script and a question to bash; its answer is what a user would be offered. */
static void assert_bash_offers(const char *words, const char *wanted)
{
    char path[] = "/tmp/c6-completion-XXXXXX";
    char answer[512];
    char *script = script_of("bash");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    fprintf(f,
            "%s\nCOMP_WORDS=(%s); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _c6; echo ${COMPREPLY[@]}",
            script, words);
    fclose(f);
    char *command = mem_printf("bash %s 2>&1", path);
    FILE *bash = popen(command, "r");
    assert_non_null(bash);
    size_t len = fread(answer, 1, sizeof answer - 1, bash);
    answer[len] = '\0';
    pclose(bash);
    unlink(path);
    mem_free(command);
    mem_free(script);
    assert_string_equal(answer, wanted);
}

static void bash_completes_commands_flags_and_words(void **state)
{
    if (system("bash -c : 2>/dev/null") != 0)
        skip();
    assert_bash_offers("c6 ''", "run help shell\n");
    assert_bash_offers("c6 r", "run\n");
    assert_bash_offers("c6 run --", "--vus --debug --quiet --help\n");
    assert_bash_offers("c6 -v run -", "--vus -u --debug --quiet -q --help -h\n");
    assert_bash_offers("c6 run --vus -", "\n"); /* a value */
    assert_bash_offers("c6 run ''", "\n");      /* a file */
    assert_bash_offers("c6 help ''", "run help shell\n");
    assert_bash_offers("c6 shell b", "bash\n");
}

static void zsh_text_is_quoted(void **state)
{
    char *script = script_of("zsh");
    assert_non_null(
        strstr(script, "'*'{-u+,--vus=}'[how many\\: it'\\''s a \\[number\\]]:int:_files'"));
    assert_non_null(strstr(script, "'*--debug=-[with a value or none]::string:_files'"));
    assert_non_null(strstr(script, "'*'{-q,--quiet}'[a switch]'"));
    assert_non_null(strstr(script, "'1:word:(run help shell)'"));
    mem_free(script);
}

static void fish_text_is_quoted(void **state)
{
    char *script = script_of("fish");
    assert_non_null(strstr(script, "-l vus -s u -r -d 'how many: it\\'s a [number]'\n"));
    assert_non_null(strstr(script, "-l quiet -s q -d 'a switch'\n"));
    assert_non_null(strstr(script, "'__fish_seen_subcommand_from shell' -a 'bash zsh fish'\n"));
    mem_free(script);
}

TEST_SUITE(completion){
    TEST(only_known_shells_have_one)
    TEST(bash_completes_commands_flags_and_words)
    TEST(zsh_text_is_quoted)
    TEST(fish_text_is_quoted)
    TEST_END
};
