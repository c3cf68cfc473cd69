/* run_args.c - flags of `c6 run` and the environment variables that stand for them.
 * Options of the test itself are rows of options_table.c; what concerns the program alone is here.
 * Source: k6 docs, "k6 options reference", `k6 run --help`. Tests: args_test.c, test/cli */
#include "cli/run_args.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "options/options_table.h"
#include "options/optval.h"

extern char **environ;

/* ---- setters of flags; opaque is the struct run_args */

static int set_option(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct run_args *a = opaque;
    return option_read_flag(&a->flags, flag->data, value, e);
}

int run_args_switch(const char *value, bool *out, struct err *e)
{
    static const char *const yes[] = {"true", "1", "t", "T", "TRUE", "True"};
    static const char *const no[] = {"false", "0", "f", "F", "FALSE", "False"};
    for (int i = 0; i < 6; i++) {
        if (strcmp(value, yes[i]) == 0 || strcmp(value, no[i]) == 0) {
            *out = strcmp(value, yes[i]) == 0;
            return 0;
        }
    }
    return err_set(e, ERR_INVALID, "'%s' is neither true nor false", value);
}

static int set_switch(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    const size_t *offset = flag->data;
    return run_args_switch(value, (bool *)((char *)opaque + *offset), e);
}

static int ignore_switch(void *opaque, const struct arg_flag *flag, const char *value,
                         struct err *e)
{
    bool ignored;
    return run_args_switch(value, &ignored, e);
}

static int set_text(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    const size_t *offset = flag->data;
    char **at = (char **)(void *)((char *)opaque + *offset);
    mem_free(*at);
    *at = mem_strdup(value);
    return 0;
}

static int set_include_env(void *opaque, const struct arg_flag *flag, const char *value,
                           struct err *e)
{
    struct run_args *a = opaque;
    a->has_include_system_env = true;
    return run_args_switch(value, &a->include_system_env, e);
}

static int set_no_thresholds(void *opaque, const struct arg_flag *flag, const char *value,
                             struct err *e)
{
    struct run_args *a = opaque;
    a->has_no_thresholds = true;
    return run_args_switch(value, &a->no_thresholds, e);
}

static int set_config(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct run_args *a = opaque;
    mem_free(a->config_path);
    a->config_path = mem_strdup(value);
    a->has_config_path = true;
    return 0;
}

static int add_out(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct run_args *a = opaque;
    a->has_out_flag = true;
    VEC_PUSH(&a->outputs, mem_strdup(value));
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

static const struct arg_flag run_flags[] = {
    {"out", 'o', "uri", NULL,
     "where results go too: json[=FILE], csv[=FILE]; may be given several times", add_out, NULL},
    {"linger", 'l', NULL, NULL, "stay after the test's end until interrupted", set_switch,
     OFFSET(linger)},
    {"iteration-start-lag", 0, NULL, NULL,
     "show how late iterations of arrival rates began, in summary and outputs", set_switch,
     OFFSET(shows_start_lag)},
    {"no-usage-report", 0, NULL, NULL, NULL, ignore_switch,
     NULL}, /* c6 never reports usage; taken so that k6 command lines work */
    {"workers", 0, "int", NULL, "threads that run VUs (default: one per core)", set_workers, NULL},
};
static const struct arg_flag script_flags[] = {
    {"env", 'e', "VAR=value", NULL, "add or override an environment variable of the script (__ENV)",
     add_env, NULL},
    {"no-thresholds", 0, NULL, NULL, "don't run thresholds", set_no_thresholds, NULL},
    {"summary-mode", 0, "string", NULL,
     "end-of-test summary: \"compact\", \"full\" or \"disabled\"", set_text,
     OFFSET(summary_mode_text)},
    {"summary-export", 0, "string", NULL, "write the end-of-test summary to a JSON file", set_text,
     OFFSET(summary_export)},
    {"include-system-env-vars", 0, NULL, NULL,
     "pass the system's environment variables to the script (default: in `run` only)",
     set_include_env, NULL},
    {"compatibility-mode", 0, "string", NULL, "accepted for k6 scripts: \"extended\" or \"base\"",
     set_text, OFFSET(compatibility_mode)},
    {"secret-source", 0, "string", NULL,
     "where k6/secrets gets its values: file=PATH, mock=KEY=VALUE,... or url=urlTemplate=URL,...; may be given several "
     "times",
     add_secret_source, NULL},
    {"type", 't', "string", NULL, "what the test is: \"js\" or \"archive\"", set_text,
     OFFSET(type)},
};
static const struct arg_flag program_flags[] = {
    {"config", 'c', "string", NULL, "JSON config file", set_config, NULL},
    {"log-output", 0, "string", NULL,
     "where the log goes: stderr, stdout, none, file=PATH[,level=LEVEL]", set_text,
     OFFSET(log_output)},
    {"log-format", 0, "string", NULL, "log output format: text, json or raw", set_text,
     OFFSET(log_format)},
    {"no-color", 0, NULL, NULL, "disable colored output", set_switch, OFFSET(no_color)},
    {"quiet", 'q', NULL, NULL, "disable progress updates", set_switch, OFFSET(quiet)},
    {"verbose", 'v', NULL, NULL, "enable verbose logging", set_switch, OFFSET(verbose)},
    {"address", 'a', "string", NULL, NULL, set_text, OFFSET(address)},
};

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
    for (size_t i = 0; (choice->groups & FLAGS_OPTIONS) && i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        struct arg_flag flag = {row->flag, row->short_flag, row->arg, row->no_arg,
                                row->help, set_option,      row};
        if (row->flag != NULL)
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

static int switch_from_env(bool *at, bool is_set, const char *name, struct err *e)
{
    const char *value = getenv(name);
    if (is_set || value == NULL)
        return 0;
    int rc = run_args_switch(value, at, e);
    return rc < 0 ? err_prefix(e, rc, "environment variable %s", name) : 0;
}

static void outputs_from_env(struct run_args *a)
{
    const char *value = getenv("K6_OUT");
    struct opt_strs parts = {0};
    if (a->has_out_flag || value == NULL || *value == '\0')
        return;
    optval_split(&parts, value);
    for (size_t i = 0; i < parts.count; i++)
        VEC_PUSH(&a->outputs, mem_strdup(parts.v[i]));
    optval_free_strs(parts.v, parts.count);
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
    text_from_env(&a->log_output, "K6_LOG_OUTPUT");
    text_from_env(&a->log_format, "K6_LOG_FORMAT");
    text_from_env(&a->address, "K6_ADDRESS");
    if (!a->has_config_path && getenv("K6_CONFIG") != NULL) {
        a->config_path = mem_strdup(getenv("K6_CONFIG"));
        a->has_config_path = true;
    }
    a->no_color = a->no_color || getenv("NO_COLOR") != NULL || getenv("K6_NO_COLOR") != NULL;
}

static int check_compatibility(const struct run_args *a, struct err *e)
{
    const char *mode = a->compatibility_mode != NULL ? a->compatibility_mode : "";
    if (*mode == '\0' || strcmp(mode, "extended") == 0 || strcmp(mode, "base") == 0)
        return 0;
    return err_set(e, ERR_INVALID, "invalid compatibility mode \"%s\". Use: \"extended\", \"base\"",
                   mode);
}

static int script_from_env(struct run_args *a, struct err *e)
{
    text_from_env(&a->type, "K6_TYPE");
    text_from_env(&a->compatibility_mode, "K6_COMPATIBILITY_MODE");
    text_from_env(&a->summary_mode_text, "K6_SUMMARY_MODE");
    text_from_env(&a->summary_export, "K6_SUMMARY_EXPORT");
    int rc = switch_from_env(&a->include_system_env, a->has_include_system_env,
                             "K6_INCLUDE_SYSTEM_ENV_VARS", e);
    if (rc == 0)
        rc = switch_from_env(&a->no_thresholds, a->has_no_thresholds, "K6_NO_THRESHOLDS", e);
    if (rc == 0)
        rc = choose_summary(a, e);
    if (rc == 0)
        rc = check_compatibility(a, e);
    if (rc == 0 && a->include_system_env)
        system_env(a);
    return rc;
}

static int from_env(struct run_args *a, unsigned groups, struct err *e)
{
    int rc = 0;
    program_from_env(a);
    if (groups & FLAGS_RUN) {
        outputs_from_env(a);
        rc = switch_from_env(&a->linger, a->linger, "K6_LINGER", e);
        if (rc == 0)
            rc = switch_from_env(&a->shows_start_lag, a->shows_start_lag, "C6_ITERATION_START_LAG",
                                 e);
    }
    if (rc == 0 && (groups & FLAGS_SCRIPT)) {
        const char *secrets = getenv("K6_SECRET_SOURCE");
        if (secrets != NULL && a->secret_sources.len == 0)
            VEC_PUSH(&a->secret_sources, mem_strdup(secrets));
        rc = script_from_env(a, e);
    }
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
    a->include_system_env = choice->includes_system_env;
    options_init(&a->flags);
    int rc = args_parse(&list, argc, argv, a, &a->script, 1, &words, &a->wants_help, e);
    if (rc < 0 || a->wants_help)
        return rc;
    rc = from_env(a, choice->groups, e);
    if (rc == 0 && words == 0 && !choice->needs_no_word)
        rc = err_set(e, ERR_INVALID,
                     "c6 needs at least one argument to load the test: the script, or - to read it "
                     "from standard input");
    if (rc < 0)
        err_set_exit(e, EXIT_GENERIC);
    return rc;
}

void run_args_deinit(struct run_args *a)
{
    options_deinit(&a->flags);
    for (size_t i = 0; i < a->env.len; i++) {
        mem_free(a->env.items[i].key);
        mem_free(a->env.items[i].value);
    }
    VEC_DEINIT(&a->env);
    for (size_t i = 0; i < a->outputs.len; i++)
        mem_free(a->outputs.items[i]);
    VEC_DEINIT(&a->outputs);
    for (size_t i = 0; i < a->secret_sources.len; i++)
        mem_free(a->secret_sources.items[i]);
    VEC_DEINIT(&a->secret_sources);
    mem_free(a->log_output);
    mem_free(a->log_format);
    mem_free(a->config_path);
    mem_free(a->address);
    mem_free(a->compatibility_mode);
    mem_free(a->type);
    mem_free(a->summary_export);
    mem_free(a->summary_mode_text);
    memset(a, 0, sizeof *a);
}

/* ---- the log */

static int level_parse(struct str name, enum log_level *out)
{
    static const struct {
        const char *name;
        enum log_level level;
    } levels[] = {
        {"error", LOG_ERROR}, {"fatal", LOG_ERROR}, {"panic", LOG_ERROR}, {"warning", LOG_WARN},
        {"warn", LOG_WARN},   {"info", LOG_INFO},   {"debug", LOG_DEBUG}, {"trace", LOG_DEBUG},
    };
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (str_ieqs(name, levels[i].name)) {
            *out = levels[i].level;
            return 0;
        }
    }
    return ERR_INVALID;
}

/* "file=PATH,level=LEVEL" */
static int open_log_file(struct log_config *config, const char *text, struct err *e)
{
    struct opt_strs parts = {0};
    char *path = NULL;
    int rc = 0;
    optval_split(&parts, text);
    for (size_t i = 0; rc == 0 && i < parts.count; i++) {
        struct str key;
        struct str value;
        if (!str_cut(str_of(parts.v[i]), '=', &key, &value))
            rc = err_set(e, ERR_INVALID, "a log file is given as file=PATH, not '%s'", parts.v[i]);
        else if (str_eqs(key, "file"))
            path = mem_strndup(value.p, value.len);
        else if (!str_eqs(key, "level"))
            rc = err_set(e, ERR_INVALID, "unknown logfile config key %.*s", (int)key.len, key.p);
        else if (level_parse(value, &config->level) < 0)
            rc = err_set(e, ERR_INVALID, "unknown log level %.*s", (int)value.len, value.p);
    }
    if (rc == 0 && (path == NULL || *path == '\0'))
        rc = err_set(e, ERR_INVALID, "filepath must not be empty: say --log-output=file=PATH");
    if (rc == 0) {
        config->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
        config->owns_fd = true;
        if (config->fd < 0)
            rc = err_set(e, ERR_SYSTEM, "failed to open logfile %s: %m", path);
    }
    mem_free(path);
    optval_free_strs(parts.v, parts.count);
    return rc;
}

int run_args_open_log(const struct run_args *a, struct logger **out, struct err *e)
{
    const char *where = a->log_output != NULL && *a->log_output != '\0' ? a->log_output : "stderr";
    struct log_config config = {
        .format = log_format_parse(a->log_format != NULL ? a->log_format : "text"),
        .level = a->verbose ? LOG_DEBUG : LOG_INFO,
        .fd = STDERR_FILENO,
    };
    int rc = 0;
    if (strcmp(where, "stdout") == 0)
        config.fd = STDOUT_FILENO;
    else if (strcmp(where, "none") == 0)
        config.fd = -1;
    else if (strncmp(where, "file", 4) == 0)
        rc = open_log_file(&config, where, e);
    else if (strcmp(where, "stderr") != 0)
        rc = err_set(e, ERR_INVALID, "unsupported log output '%s'", where);
    if (rc < 0) {
        err_set_exit(e, EXIT_GENERIC);
        return rc;
    }
    config.is_terminal = config.fd >= 0 && isatty(config.fd);
    config.use_color = config.is_terminal && !a->no_color;
    *out = log_new(&config);
    return 0;
}

struct logger *run_args_fallback_log(const struct run_args *a)
{
    struct log_config config = {
        .format = log_format_parse(a->log_format != NULL ? a->log_format : "text"),
        .level = LOG_INFO,
        .fd = STDERR_FILENO,
        .is_terminal = isatty(STDERR_FILENO),
    };
    return log_new(&config);
}
