/* log_args.c - opens the log. Source: k6 docs, "--log-output", "--log-format". Tests:
 * test/cli/log.sh */
#include "cli/log_args.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/loki.h"
#include "options/optval.h"

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

/* A level can only take away from what --verbose lets through. */
static int apply_level(struct log_config *config, struct str name, struct err *e)
{
    enum log_level level;
    if (level_parse(name, &level) < 0)
        return err_set(e, ERR_INVALID, "unknown log level %.*s", (int)name.len, name.p);
    config->level = level < config->level ? level : config->level;
    return 0;
}

static int open_path(struct log_config *config, const char *path, struct err *e)
{
    char *dir = mem_strdup(path);
    char *slash = strrchr(dir, '/');
    struct stat st;
    int rc = 0;
    if (slash != NULL)
        slash[1] = '\0';
    if (slash != NULL && stat(dir, &st) < 0 && errno == ENOENT)
        rc = err_set(e, ERR_NOT_FOUND, "the folder of the log file doesn't exist: %s", dir);
    mem_free(dir);
    if (rc < 0)
        return rc;
    config->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    config->owns_fd = true;
    if (config->fd < 0)
        rc = err_set(e, err_from_errno(errno), "failed to open logfile %s: %s", path,
                     strerror(errno));
    return rc;
}

/* "file=PATH,level=LEVEL" */
static int open_file(struct log_config *config, const char *text, struct err *e)
{
    struct opt_strs parts = {0};
    char *path = NULL;
    int rc = 0;
    optval_split(&parts, text);
    for (size_t i = 0; rc == 0 && i < parts.count; i++) {
        struct str key;
        struct str value;
        if (!str_cut(str_of(parts.v[i]), '=', &key, &value) || value.len == 0) {
            rc = err_set(e, ERR_INVALID, "a log file is given as file=PATH, not '%s'", text);
        } else if (str_eqs(key, "file")) {
            mem_free(path);
            path = mem_strndup(value.p, value.len);
        } else if (str_eqs(key, "level")) {
            rc = apply_level(config, value, e);
        } else {
            rc = err_set(e, ERR_INVALID, "unknown logfile config key %.*s", (int)key.len, key.p);
        }
    }
    if (rc == 0 && path == NULL)
        rc = err_set(e, ERR_INVALID, "a log file is given as file=PATH, not '%s'", text);
    if (rc == 0)
        rc = open_path(config, path, e);
    mem_free(path);
    optval_free_strs(parts.v, parts.count);
    return rc;
}

static int open_loki(struct log_config *config, const char *text, struct logger *fallback,
                     struct err *e)
{
    struct loki_config loki;
    int rc = loki_config_parse(&loki, text, e);
    if (rc == 0 && loki.level != NULL)
        rc = apply_level(config, str_of(loki.level), e);
    config->fd = -1;
    if (rc == 0)
        rc = loki_start(&config->sink, &loki, fallback, e);
    else
        log_free(fallback);
    loki_config_deinit(&loki);
    return rc;
}

int log_args_open(const struct run_args *a, struct logger **out, struct err *e)
{
    const char *where = a->log_output != NULL ? a->log_output : "stderr";
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
        rc = open_file(&config, where, e);
    else if (strncmp(where, "loki", 4) == 0)
        rc = open_loki(&config, where, log_args_fallback(a), e);
    else if (strcmp(where, "stderr") != 0)
        rc = err_set(e, ERR_INVALID, "unsupported log output '%s'", where);
    if (rc < 0) {
        err_set_exit(e, EXIT_GENERIC);
        return rc;
    }
    config.is_terminal = config.fd >= 0 && run_args_is_terminal(config.fd);
    config.use_color = config.is_terminal && !a->no_color.v;
    *out = log_new(&config);
    if (config.sink.put != NULL)
        log_share_redactor(config.sink.fallback, *out);
    return 0;
}

struct logger *log_args_fallback(const struct run_args *a)
{
    struct log_config config = {
        .format = log_format_parse(a->log_format != NULL ? a->log_format : "text"),
        .level = LOG_INFO,
        .fd = STDERR_FILENO,
        .is_terminal = run_args_is_terminal(STDERR_FILENO),
    };
    return log_new(&config);
}
