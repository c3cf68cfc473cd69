/* run_args.c - flags of `c6 run` and the environment variables that stand for them.
 * Options of the test itself are rows of options_table.c; what concerns the program alone is here.
 * Source: k6 docs, "k6 options reference", `k6 run --help`. Tests: args_test.c, test/cli */
#include "cli/run_args.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "options/options_table.h"
#include "options/optval.h"

extern char **environ;

/* ---- setters of flags; opaque is the struct run_args */

/* As in k6, a value of the wrong type ends the reading at once. Other mistakes are found when the
 * options are put together, after the script's own and after what its init code prints. */
static int set_option(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct run_args *a = opaque;
    const struct option_row *row = flag->data;
    if (row->kind == OPT_BOOL || row->kind == OPT_INT || row->kind == OPT_NS)
        return option_read_flag(&a->flags, row, value, e);
    struct err err = {0};
    int rc = option_read_flag(&a->flags, row, value, &err);
    if (rc < 0 && a->late.msg == NULL) {
        err_prefix(&err, rc, "--%s", flag->name);
        err_set_exit(&err, EXIT_GENERIC);
        a->late = err;
        return 0;
    }
    err_deinit(&err);
    return 0;
}

bool run_args_is_terminal(int fd)
{
    const char *term = getenv("TERM");
    return isatty(fd) && (term == NULL || strcmp(term, "dumb") != 0);
}

int run_args_switch(const char *value, bool *out, struct err *e)
{
    struct opt_bool b = {0};
    int rc = optval_flag_bool(&b, value, e);
    if (rc == 0)
        *out = b.v;
    return rc;
}

static int set_switch(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    const size_t *offset = flag->data;
    return run_args_switch(value, (bool *)((char *)opaque + *offset), e);
}

/* One that the environment may set, too. */
static int set_choice(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    const size_t *offset = flag->data;
    return optval_flag_bool((struct opt_bool *)(void *)((char *)opaque + *offset), value, e);
}

static int set_text(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    const size_t *offset = flag->data;
    char **at = (char **)(void *)((char *)opaque + *offset);
    mem_free(*at);
    *at = mem_strdup(value);
    return 0;
}

static int add_secret_source(void *opaque, const struct arg_flag *flag, const char *value,
                             struct err *e)
{
    struct run_args *a = opaque;
    VEC_PUSH(&a->secret_sources, mem_strdup(value));
    return 0;
}

static void put_env(struct run_args *a, struct str name, const char *value)
{
    for (size_t i = 0; i < a->env.len; i++) {
        if (str_eqs(name, a->env.items[i].key)) {
            mem_free(a->env.items[i].value);
            a->env.items[i].value = mem_strdup(value);
            return;
        }
    }
    struct key_value kv = {mem_strndup(name.p, name.len), mem_strdup(value)};
    VEC_PUSH(&a->env, kv);
}

static int add_env(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct run_args *a = opaque;
    struct str name;
    struct str text;
    if (!str_cut(str_of(value), '=', &name, &text)) {
        name = str_of(value);
        text = STR("");
    }
    if (*value == '\0') /* as if it had not been given */
        return 0;
    bool is_valid = name.len > 0 && !ascii_is_digit(name.p[0]);
    for (size_t i = 0; i < name.len; i++)
        is_valid = is_valid &&
                   (ascii_is_alpha(name.p[i]) || ascii_is_digit(name.p[i]) || name.p[i] == '_');
    if (!is_valid)
        return err_set(e, ERR_INVALID, "invalid environment variable name '%.*s'", (int)name.len,
                       name.p);
    put_env(a, name, text.len > 0 ? text.p : "");
    return 0;
}

static int set_workers(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct run_args *a = opaque;
    int64_t n;
    if (num_parse_int(str_of(value), &n) < 0 || n < 1 || n > 1024)
        return err_set(e, ERR_INVALID, "say how many threads run VUs, 1 to 1024");
    a->workers = (int)n;
    return 0;
}

#define OFFSET(field) (&(const size_t){offsetof(struct run_args, field)})

/* clang-format off */
static const struct arg_flag run_flags[] = {
    {"iteration-start-lag", 0, NULL, NULL,
     "show iteration_start_lag: how late c6 began iterations at an arrival rate", set_choice,
     OFFSET(shows_start_lag)},
    {"workers", 0, "int", NULL, "threads that run VUs (default: one per core)", set_workers, NULL},
};
static const struct arg_flag script_flags[] = {
    {"include-system-env-vars", 0, NULL, NULL,
     "pass the system's environment variables to the script (default: in `run` only)",
     set_choice, OFFSET(include_system_env)},
    {"compatibility-mode", 0, "string", NULL,
     "\"extended\", or \"base\": without `global` for `globalThis`",
     set_text, OFFSET(compatibility_mode)},
    {"type", 't', "string", NULL, "what the test is: \"js\" or \"archive\" (default: look inside)",
     set_text, OFFSET(type)},
    {"env", 'e', "VAR=value", NULL, "add or override an environment variable of the script (__ENV)",
     add_env, NULL},
    {"no-thresholds", 0, NULL, NULL, "don't run thresholds", set_choice, OFFSET(no_thresholds)},
    {"summary-mode", 0, "string", NULL,
     "end-of-test summary: \"compact\", \"full\" or \"disabled\"", set_text,
     OFFSET(summary_mode_text)},
    {"summary-export", 0, "string", NULL, "write the end-of-test summary to a JSON file", set_text,
     OFFSET(summary_export)},
    {"new-machine-readable-summary", 0, NULL, NULL,
     "the newer form of the summary for handleSummary() and --summary-export", set_choice,
     OFFSET(machine_summary)},
    {"traces-output", 0, "string", NULL, "accepted: \"none\"; k6's \"otel\" sends nothing yet",
     set_text, OFFSET(traces_output)},
};
static const struct arg_flag program_flags[] = {
    {"config", 'c', "string", NULL, "JSON config file", set_text, OFFSET(config_path)},
    {"log-output", 0, "string", NULL,
     "where the log goes: stderr, stdout, none, file=PATH[,level=LEVEL], loki[=URL,...]", set_text,
     OFFSET(log_output)},
    {"log-format", 0, "string", NULL, "log output format: text, json or raw", set_text,
     OFFSET(log_format)},
    {"secret-source", 0, "string", NULL,
     "where k6/secrets gets its values: file=PATH, mock=KEY=VALUE,... or "
     "url=urlTemplate=URL,...; may be given several times",
     add_secret_source, NULL},
    {"no-color", 0, NULL, NULL, "disable colored output", set_choice, OFFSET(no_color)},
    {"quiet", 'q', NULL, NULL, "disable progress updates", set_switch, OFFSET(quiet)},
    {"verbose", 'v', NULL, NULL, "enable verbose logging", set_switch, OFFSET(verbose)},
    {"address", 'a', "string", NULL, "accepted: address of k6's REST API, which isn't served yet",
     set_text, OFFSET(address)},
    {"profiling-enabled", 0, NULL, NULL, "accepted: c6 has no profiling endpoints", set_choice,
     OFFSET(profiling)},
};
/* clang-format on */

static const struct {
    enum flag_group group;
    const struct arg_flag *items;
    size_t count;
} flag_lists[] = {
#define LIST(group, array)                                                                         \
    {                                                                                              \
        group, array, sizeof(array) / sizeof((array)[0])                                           \
    }
    LIST(FLAGS_RUN, run_flags),
    LIST(FLAGS_SCRIPT, script_flags),
    LIST(FLAGS_PROGRAM, program_flags),
#undef LIST
};

const struct flag_choice run_args_choice = {
    .groups = FLAGS_OPTIONS | FLAGS_SCRIPT | FLAGS_PROGRAM | FLAGS_RUN,
    .includes_system_env = true,
};

static void add_flag(struct flag_list *l, const struct arg_flag *flag)
{
    CHECK(l->count < FLAGS_MAX);
    l->items[l->count++] = *flag;
}

void run_args_flags(struct flag_list *l, const struct flag_choice *choice)
{
    l->count = 0;
    for (size_t i = 0; i < choice->own_count; i++)
        add_flag(l, &choice->own[i]);
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        enum flag_group group = row->scope == OPTION_TEST ? FLAGS_OPTIONS : FLAGS_RUN;
        struct arg_flag flag = {row->flag, row->short_flag, row->arg, row->no_arg,
                                row->help, set_option,      row};
        if (row->flag != NULL && (choice->groups & group))
            add_flag(l, &flag);
    }
    for (size_t i = 0; i < sizeof flag_lists / sizeof flag_lists[0]; i++)
        for (size_t k = 0; (choice->groups & flag_lists[i].group) && k < flag_lists[i].count; k++)
            add_flag(l, &flag_lists[i].items[k]);
}

void run_args_put_help(struct buf *out, const struct flag_choice *choice)
{
    struct flag_list flags;
    run_args_flags(&flags, choice);
    args_put_help(out, &(struct arg_list){flags.items, flags.count});
}

/* ---- the environment, for what no flag said */

static void text_from_env(char **at, const char *name)
{
    const char *value = getenv(name);
    if (*at == NULL && value != NULL)
        *at = mem_strdup(value);
}

/* The variable must be sound even if a flag outdoes it. */
static int choice_from_env(struct opt_bool *at, const char *name, struct err *e)
{
    const char *value = getenv(name);
    struct opt_bool b = {0};
    if (value == NULL)
        return 0;
    int rc = optval_flag_bool(&b, value, e);
    if (rc < 0)
        return err_prefix(e, rc, "environment variable %s", name);
    if (!at->set)
        *at = b;
    return 0;
}

static void choose(struct opt_bool *at, bool value)
{
    if (!at->set)
        *at = (struct opt_bool){true, value};
}

/* The system's variables stand under those given with -e. */
static void system_env(struct run_args *a)
{
    for (char **p = environ; *p != NULL; p++) {
        struct str name;
        struct str value;
        if (!str_cut(str_of(*p), '=', &name, &value))
            continue;
        bool is_there = false;
        for (size_t i = 0; i < a->env.len; i++)
            is_there = is_there || str_eqs(name, a->env.items[i].key);
        if (!is_there)
            put_env(a, name, value.len > 0 ? value.p : "");
    }
}

static int choose_summary(struct run_args *a, struct err *e)
{
    const char *mode = a->summary_mode_text != NULL ? a->summary_mode_text : "";
    if (summary_mode_parse(mode, &a->summary_mode))
        return 0;
    return err_set(e, ERR_INVALID,
                   "invalid summary mode '%s', use \"compact\", \"full\" or \"disabled\"", mode);
}

static void program_from_env(struct run_args *a)
{
    const char *secrets = getenv("K6_SECRET_SOURCE");
    const char *no_color = getenv("K6_NO_COLOR");
    text_from_env(&a->log_output, "K6_LOG_OUTPUT");
    text_from_env(&a->log_format, "K6_LOG_FORMAT");
    text_from_env(&a->address, "K6_ADDRESS");
    text_from_env(&a->config_path, "K6_CONFIG");
    if (secrets != NULL && a->secret_sources.len == 0)
        VEC_PUSH(&a->secret_sources, mem_strdup(secrets));
    choose(&a->no_color, getenv("NO_COLOR") != NULL || (no_color != NULL && *no_color != '\0'));
}

static int check_compatibility(const struct run_args *a, struct err *e)
{
    static const char *const modes[] = {"", "extended", "base", "experimental_enhanced"};
    const char *mode = a->compatibility_mode != NULL ? a->compatibility_mode : "";
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++)
        if (strcmp(mode, modes[i]) == 0)
            return 0;
    return err_set(e, ERR_INVALID, "invalid compatibility mode \"%s\". Use: \"extended\", \"base\"",
                   mode);
}

static int check_traces(const struct run_args *a, struct err *e)
{
    const char *to = a->traces_output != NULL ? a->traces_output : "none";
    if (strcmp(to, "none") == 0 || strcmp(to, "otel") == 0 || strncmp(to, "otel=", 5) == 0)
        return 0;
    return err_set(e, ERR_INVALID, "invalid traces output '%s', use \"none\" or \"otel\"", to);
}

static int script_from_env(struct run_args *a, bool includes_system_env, struct err *e)
{
    text_from_env(&a->type, "K6_TYPE");
    text_from_env(&a->compatibility_mode, "K6_COMPATIBILITY_MODE");
    text_from_env(&a->summary_mode_text, "K6_SUMMARY_MODE");
    text_from_env(&a->summary_export, "K6_SUMMARY_EXPORT");
    text_from_env(&a->traces_output, "K6_TRACES_OUTPUT");
    int rc = choice_from_env(&a->include_system_env, "K6_INCLUDE_SYSTEM_ENV_VARS", e);
    if (rc == 0)
        rc = choice_from_env(&a->no_thresholds, "K6_NO_THRESHOLDS", e);
    if (rc == 0)
        rc = choice_from_env(&a->machine_summary, "K6_NEW_MACHINE_READABLE_SUMMARY", e);
    if (rc == 0)
        rc = choose_summary(a, e);
    if (rc == 0)
        rc = check_compatibility(a, e);
    choose(&a->include_system_env, includes_system_env);
    if (rc == 0 && a->include_system_env.v)
        system_env(a);
    return rc;
}

static int from_env(struct run_args *a, const struct flag_choice *choice, struct err *e)
{
    int rc = 0;
    program_from_env(a);
    if (choice->groups & FLAGS_SCRIPT)
        rc = script_from_env(a, choice->includes_system_env, e);
    if (rc == 0 && (choice->groups & FLAGS_RUN))
        rc = choice_from_env(&a->shows_start_lag, "C6_ITERATION_START_LAG", e);
    if (rc == 0 && (choice->groups & FLAGS_RUN))
        rc = check_traces(a, e);
    return rc;
}

int run_args_parse(struct run_args *a, const struct flag_choice *choice, int argc, char **argv,
                   struct err *e)
{
    struct flag_list flags;
    int words;
    run_args_flags(&flags, choice);
    struct arg_list list = {flags.items, flags.count};
    memset(a, 0, sizeof *a);
    options_init(&a->flags);
    int rc = args_parse(&list, argc, argv, a, &a->script, choice->takes_no_word ? 0 : 1, &words,
                        &a->wants_help, e);
    if (rc < 0 || a->wants_help)
        return rc;
    if (words == 0 && !choice->needs_no_word && !choice->takes_no_word)
        rc = err_set(e, ERR_INVALID,
                     "c6 needs one argument: the test, or - to read it from standard input");
    if (rc == 0)
        rc = from_env(a, choice, e);
    if (rc < 0)
        err_set_exit(e, EXIT_GENERIC);
    return rc;
}

void run_args_deinit(struct run_args *a)
{
    options_deinit(&a->flags);
    err_deinit(&a->late);
    for (size_t i = 0; i < a->env.len; i++) {
        mem_free(a->env.items[i].key);
        mem_free(a->env.items[i].value);
    }
    VEC_DEINIT(&a->env);
    for (size_t i = 0; i < a->secret_sources.len; i++)
        mem_free(a->secret_sources.items[i]);
    VEC_DEINIT(&a->secret_sources);
    mem_free(a->log_output);
    mem_free(a->log_format);
    mem_free(a->config_path);
    mem_free(a->address);
    mem_free(a->compatibility_mode);
    mem_free(a->type);
    mem_free(a->traces_output);
    mem_free(a->summary_export);
    mem_free(a->summary_mode_text);
    memset(a, 0, sizeof *a);
}

/* ---- the command among flags */

/* Whether a word before the command takes the next one with it. Of the flags only the program's own
 * are known there; any other is held to have a value. */
static bool takes_next(const char *word)
{
    const size_t count = sizeof program_flags / sizeof program_flags[0];
    bool is_long = word[1] == '-';
    if (strchr(word, '=') != NULL || (!is_long && strlen(word) != 2))
        return false;
    if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "--version") == 0)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct arg_flag *f = &program_flags[i];
        if (is_long ? strcmp(f->name, word + 2) == 0 : f->short_name == word[1])
            return f->arg != NULL;
    }
    return true;
}

int run_args_find_word(int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (strcmp(word, "--") == 0)
            return argc;
        if (word[0] == '-') {
            i += takes_next(word);
            continue;
        }
        if (*word != '\0')
            return i;
    }
    return argc;
}
