/* loaded.c - from command line and script to a test that can run.
 * Knows no worker and no VU. Order of sources: config file, script, environment, flags.
 * Source: k6 docs, "How to use options". Tests: test/cli */
#include "cli/loaded.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/remote.h"
#include "js/source_file.h"
#include "modules/modules.h"
#include "modules/secrets/secret_sources.h"

enum { CONFIG_MAX = 16 << 20 };

/* ---- the config file */

static int read_file(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "rbe");
    char piece[8192];
    size_t n;
    if (f == NULL)
        return err_from_errno(errno);
    while (!buf_failed(out) && (n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(out, piece, n);
    int rc = ferror(f) ? ERR_SYSTEM : buf_failed(out) ? ERR_TOO_LARGE : 0;
    fclose(f);
    return rc;
}

/* c6's own place first, then k6's, so that a machine set up for k6 needs nothing. NULL when neither
 * is there. */
static char *default_config_path(void)
{
    static const char *const names[] = {"c6", "k6"};
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    for (int i = 0; i < 2; i++) {
        char *path = base != NULL && *base != '\0' ? mem_printf("%s/%s/config.json", base, names[i])
                                                   : mem_printf("%s/.config/%s/config.json",
                                                                home != NULL ? home : "", names[i]);
        if (access(path, F_OK) == 0)
            return path;
        mem_free(path);
    }
    return NULL;
}

static int parse_config(struct options *fills, const char *path, struct str text, struct err *e)
{
    struct json *v = json_parse(text, e);
    int rc = v != NULL ? options_read_config_file(fills, v, e) : ERR_INVALID;
    json_free(v);
    return rc < 0 ? err_prefix(e, rc, "couldn't parse the configuration from \"%s\"", path) : 0;
}

/* fills: empty, and deinited by the caller also after a failure. */
static int read_config(struct options *fills, const struct run_args *args, struct err *e)
{
    char *path = args->config_path != NULL ? mem_strdup(args->config_path) : default_config_path();
    struct buf text;
    int rc = 0;
    buf_init(&text, CONFIG_MAX);
    if (path == NULL)
        goto done;
    rc = read_file(path, &text);
    if (rc < 0) {
        err_set(e, rc, "couldn't load the configuration from \"%s\": %s", path, err_code_text(rc));
        goto done;
    }
    rc = parse_config(fills, path, (struct str){text.data, text.len}, e);
done:
    if (rc < 0) {
        err_prefix(e, rc, "failed to load the configuration file from the local file system");
        err_set_exit(e, EXIT_INVALID_CONFIG);
    }
    buf_deinit(&text);
    mem_free(path);
    return rc;
}

/* ---- console output */

/* The script's options are not known while it loads, so --console-output is taken from flags and
 * environment here. */
static int open_console(struct loaded_test *t, const struct run_args *args, struct logger *lg,
                        struct err *e)
{
    const char *path =
        args->flags.console_output.set ? args->flags.console_output.v : getenv("K6_CONSOLE_OUTPUT");
    if (path == NULL || *path == '\0')
        return 0;
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0) {
        err_set_exit(e, EXIT_GENERIC);
        return err_set(e, err_from_errno(errno), "could not open the console output '%s': %m",
                       path);
    }
    struct log_config config = {
        .format = log_format_parse(args->log_format != NULL ? args->log_format : "text"),
        .level = args->verbose ? LOG_DEBUG : LOG_INFO,
        .fd = fd,
        .owns_fd = true,
    };
    t->console_logger = log_new(&config);
    log_share_redactor(t->console_logger, lg);
    return 0;
}

/* ---- keys of TLS */

/* The secrets of all connections will be in that file: the user should know, and it must be there. */
static int announce_key_log(struct logger *lg, struct err *e)
{
    const char *path = getenv("SSLKEYLOGFILE");
    if (path == NULL)
        return 0;
    log_warn(lg, "SSLKEYLOGFILE is set: the keys of TLS connections go to '%s'", path);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) {
        err_set_exit(e, EXIT_GENERIC);
        return err_set(e, err_from_errno(errno), "can't open SSLKEYLOGFILE '%s': %s", path,
                       strerror(errno));
    }
    close(fd);
    return 0;
}

/* ---- features */

static const char *env_of(const struct test_source *s, const char *name)
{
    for (size_t i = 0; i < s->env.len; i++)
        if (strcmp(s->env.items[i].key, name) == 0)
            return s->env.items[i].value;
    return getenv(name);
}

/* The script sees what is on, whatever was asked for. */
static void tell_script(struct loaded_test *t)
{
    struct buf text;
    buf_init(&text, 256);
    features_put(&text, &t->features);
    if (text.len > 0) {
        t->features_text = buf_take(&text);
        test_source_put_env(&t->source, "K6_FEATURES", t->features_text);
    } else {
        test_source_drop_env(&t->source, "K6_FEATURES");
    }
    buf_deinit(&text);
}

static void choose_features(struct loaded_test *t, const struct run_args *args, struct logger *lg)
{
    struct feature_sources sources = {
        .flag = &args->flags.features,
        .config = &t->config.features,
        .env = env_of(&t->source, "K6_FEATURES"),
        .env_histograms = env_of(&t->source, "K6_PROMETHEUS_RW_TREND_AS_NATIVE_HISTOGRAM"),
    };
    features_resolve(&t->features, &sources, lg);
    tell_script(t);
}

/* ---- script and options */

/* As given; of an archive its name, since it is no text. */
static void keep_script_text(struct loaded_test *t, const struct run_args *args)
{
    size_t len;
    struct err ignored = {0};
    if (t->source.archive != NULL)
        t->script_text = mem_strdup(args->script);
    else if (t->source.text != NULL)
        t->script_text = mem_strndup(t->source.text, t->source.len);
    else if (source_file_read(args->script, &t->script_text, &len, &ignored) < 0)
        t->script_text = NULL; /* it is gone meanwhile */
    err_deinit(&ignored);
}

static bool is_older_mode(const char *mode)
{
    return mode != NULL && strcmp(mode, "experimental_enhanced") == 0;
}

static bool is_base_mode(const char *mode)
{
    return is_older_mode(mode) || (mode != NULL && strcmp(mode, "base") == 0);
}

static void warn_about_mode(const char *mode, struct logger *lg)
{
    if (is_older_mode(mode))
        log_warn(lg, "the compatibility mode \"experimental_enhanced\" is as good as \"base\": "
                     "TypeScript is understood in any");
}

/* A script that isn't there is told first, by who loads it. */
static bool script_is_there(const char *path)
{
    return strcmp(path, "-") == 0 || strncmp(path, "https://", 8) == 0 ||
           strncmp(path, "file://", 7) == 0 || access(path, F_OK) == 0;
}

static int load(struct loaded_test *t, const struct run_args *args, struct script_config *config,
                struct logger *lg, struct err *e)
{
    memset(t, 0, sizeof *t);
    options_init(&t->options);
    options_init(&t->config);
    t->registry = metric_registry_new();
    int rc = open_console(t, args, lg, e);
    if (rc == 0)
        rc = test_source_init(&t->source, args, e);
    if (rc == 0 && script_is_there(args->script))
        rc = announce_key_log(lg, e);
    if (rc == 0) {
        warn_about_mode(args->compatibility_mode, lg);
        if (script_is_there(args->script))
            rc = read_config(&t->config, args, e);
    }
    if (rc == 0)
        choose_features(t, args, lg);
    if (rc == 0 && args->secret_sources.len > 0)
        rc = secret_sources_new(&t->secrets, args->secret_sources.items, args->secret_sources.len,
                                environ, log_redactor(lg), e);
    if (rc < 0)
        return rc;
    config->path = args->script;
    config->text = (struct str){t->source.text, t->source.len};
    config->archive = t->source.archive;
    config->modules = &modules_table;
    config->fetch = remote_fetch;
    config->env = t->source.env.items;
    config->env_count = t->source.env.len;
    config->logger = lg;
    config->console_logger = t->console_logger != NULL ? t->console_logger : lg;
    config->is_base_mode = is_base_mode(args->compatibility_mode);
    config->freezes_env = t->features.is_on[FEATURE_FREEZE_ENV];
    config->secrets = t->secrets;
    config->console_source = t->console_logger != NULL ? NULL : "console";
    config->metrics = t->registry;
    rc = script_load(&t->script, config, e);
    if (rc < 0)
        err_set_exit(e, EXIT_GENERIC);
    else if (args->machine_summary.v)
        keep_script_text(t, args);
    return rc;
}

int loaded_test_load(struct loaded_test *t, const struct run_args *args, struct archive *keeps,
                     struct logger *lg, struct err *e)
{
    struct script_config config = {.keeps = keeps};
    return load(t, args, &config, lg, e);
}

int loaded_test_list_imports(struct loaded_test *t, const struct run_args *args,
                             script_import_fn each, void *opaque, struct logger *lg, struct err *e)
{
    struct script_config config = {.each_import = each, .import_opaque = opaque};
    return load(t, args, &config, lg, e);
}

/* What needs more than options knows. exit_code: of what is wrong in this source. A time that is
 * none is judged when all sources are one. */
static int check_source(const struct options *o, int exit_code, struct err *e)
{
    int rc = options_check_dns_ttl(o, NULL) == 0 ? modules_check_options(o, e) : 0;
    if (rc < 0)
        err_set_exit(e, exit_code);
    return rc;
}

/* An archive carries the options in force when it was made; those that its script exports count no
 * more, and its unknown ones were warned about then. */
int loaded_test_script_options(struct options *fills, const struct loaded_test *t,
                               const struct run_args *args, struct logger *lg, struct err *e)
{
    const struct archive *a = t->source.archive;
    options_init(fills);
    int rc = a != NULL ? options_read_script(fills, str_of(a->options_json), NULL, e)
                       : options_read_script(fills, script_options_json(t->script), lg, e);
    if (rc == 0)
        rc = options_check_dns_ttl(fills, e);
    if (rc == 0)
        rc = check_source(fills, EXIT_INVALID_CONFIG, e);
    if (rc == 0 && !script_has_functions(t->script)) {
        rc = err_set(e, ERR_INVALID, "no exported functions in script");
        err_set_exit(e, EXIT_GENERIC);
    }
    if (rc < 0)
        err_prefix(e, rc, "could not initialize '%s': could not load %s '%s'", args->script,
                   a != NULL ? "the options of test archive" : "JS test", script_url(t->script));
    return rc;
}

static const char *from_environment(void *opaque, const char *name)
{
    return getenv(name);
}

static bool has_function(void *opaque, const char *name)
{
    return script_ops_js.has_export(opaque, name);
}

static int consolidate(struct loaded_test *t, const struct run_args *args, struct logger *lg,
                       struct err *e)
{
    struct options script;
    struct options env;
    options_init(&env);
    int rc = loaded_test_script_options(&script, t, args, lg, e);
    if (rc == 0 && args->late.msg != NULL) {
        rc = err_set(e, ERR_INVALID, "%s", args->late.msg);
        err_set_exit(e, args->late.exit_code);
    }
    if (rc == 0)
        rc = check_source(&args->flags, EXIT_GENERIC, e);
    if (rc == 0)
        rc = check_source(&t->config, EXIT_INVALID_CONFIG, e);
    if (rc == 0)
        rc = options_read_env(&env, from_environment, NULL, e);
    if (rc == 0)
        rc = check_source(&env, EXIT_INVALID_CONFIG, e);
    if (rc < 0)
        goto done;
    struct options_sources sources = {
        .config = &t->config,
        .script = &script,
        .env = &env,
        .flags = &args->flags,
        .has_function = has_function,
        .opaque = t->script,
        .merges_tags = t->features.is_on[FEATURE_MERGE_RUN_TAGS],
    };
    rc = options_consolidate(&t->options, &t->scenarios, &sources, lg, e);
    if (rc == 0)
        options_fill_defaults(&t->options);
    if (rc == 0)
        rc = options_check_dns_ttl(&t->options, e);
done:
    options_deinit(&script);
    options_deinit(&env);
    return rc;
}

void loaded_test_derive(struct loaded_test *t)
{
    features_tag(&t->options.tags, &t->features);
}

static int add_thresholds(struct loaded_test *t, const struct run_args *args, bool is_run,
                          struct err *e)
{
    struct threshold_config *list = NULL;
    size_t count = 0;
    int rc = options_thresholds(&t->options, &list, &count, e);
    if (rc == 0 && args->no_thresholds.v) {
        if (is_run) /* it may warn, which is of no use to who only looks at the test */
            metrics_engine_add_submetrics_only(t->metrics, list, count);
    } else if (rc == 0)
        rc = metrics_engine_add_thresholds(t->metrics, list, count, e);
    mem_free(list);
    if (rc < 0)
        err_set_exit(e, EXIT_INVALID_CONFIG);
    return rc;
}

/* Everything behind the init code. */
static int configure(struct loaded_test *t, const struct run_args *args, bool is_run,
                     struct logger *lg, struct err *e)
{
    int rc = consolidate(t, args, lg, e);
    if (rc < 0)
        return rc;
    struct metrics_engine_config config = {
        .per_group = args->summary_mode == SUMMARY_MODE_FULL,
        .system_tags = t->options.system_tags.v,
        .logger = lg,
    };
    metric_add_start_lag(t->registry, !args->shows_start_lag.v);
    t->metrics = metrics_engine_new(t->registry, &config);
    return add_thresholds(t, args, is_run, e);
}

int loaded_test_configure(struct loaded_test *t, const struct run_args *args, struct logger *lg,
                          struct err *e)
{
    return configure(t, args, false, lg, e);
}

int loaded_test_init(struct loaded_test *t, const struct run_args *args, struct logger *lg,
                     struct err *e)
{
    int rc = loaded_test_load(t, args, NULL, lg, e);
    if (rc == 0)
        rc = configure(t, args, true, lg, e);
    if (rc == 0)
        loaded_test_derive(t);
    return rc;
}

void loaded_test_deinit(struct loaded_test *t)
{
    script_free(t->script);
    options_deinit(&t->options);
    options_deinit(&t->config);
    scenario_list_deinit(&t->scenarios);
    metrics_engine_free(t->metrics);
    metric_registry_free(t->registry);
    secret_sources_free(t->secrets);
    log_free(t->console_logger);
    mem_free(t->thresholds);
    test_source_deinit(&t->source);
    mem_free(t->features_text);
    mem_free(t->script_text);
    memset(t, 0, sizeof *t);
}
