/* log.h - the log: leveled records with fields, in k6's three formats, to stderr, stdout, a file or
 * nowhere, or to a function. Safe from every thread; a record is written with one write(2). Formats (logrus's): text
 * `time="2006-01-02T15:04:05Z" level=info msg="..." source=console`; on a terminal and with colours
 * `INFO[0001] message      source=console`; json
 * {"error":...,"level":"info","msg":"...","source":"...","time":"..."} keys sorted; raw: the
 * message alone. Source: k6 docs, "--log-format", "--log-output". */
#ifndef C6_LOG_H
#define C6_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };
enum log_format { LOG_FORMAT_TEXT, LOG_FORMAT_JSON, LOG_FORMAT_RAW };

struct logger;
struct redactor; /* base/redact.h */

struct log_field {
    const char *key;
    const char *value;
    bool is_number; /* the value stands without quotes in JSON */
};

/* A record as a sink gets it: what must be hidden is hidden, fields are sorted by key and have
 * "source" and "error" among them. All borrowed. */
struct log_entry {
    enum log_level level;
    int64_t time_ns; /* since 1970; never before that of the entry before */
    const struct log_field *fields;
    int field_count;
    struct str msg;
};

/* Takes records in place of a descriptor. put is called by one thread at a time and must not log
 * there; end by log_free. */
struct log_sink {
    void (*put)(void *opaque, const struct log_entry *entry);
    void (*end)(void *opaque);
    void *opaque;
    struct logger *fallback; /* log_err tells it too: people look there; borrowed */
};

struct log_config {
    enum log_format format;
    enum log_level level; /* records above it are dropped */
    int fd;               /* where to; -1: nowhere; borrowed unless owns_fd */
    bool owns_fd;
    struct log_sink sink; /* put NULL: there is none; else fd is -1 */
    bool is_terminal; /* text records take the short, coloured form */
    bool use_color;
    /* Called around each write when set, so that a progress display can clear and redraw its lines.
     */
    void (*before_write)(void *opaque);
    void (*after_write)(void *opaque);
    void *opaque;
};

struct logger *log_new(const struct log_config *config);
void log_free(struct logger *lg); /* flushes, closes an owned fd */
void log_set_hooks(struct logger *lg, void (*before)(void *), void (*after)(void *), void *opaque);
/* What this log hides from now on; made at the first call, before the logger is used by other
 * threads. */
struct redactor *log_redactor(struct logger *lg);
/* lg hides what other hides; other outlives it. */
void log_share_redactor(struct logger *lg, struct logger *other);
bool log_is_on(const struct logger *lg, enum log_level level);

/* source: "console", "stacktrace", ... or NULL. error: text of the field "error" or NULL. lg NULL
 * drops the record. */
void log_record(struct logger *lg, enum log_level level, const char *source, const char *error,
                const struct log_field *fields, int field_count, struct str msg);
void log_error(struct logger *lg, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_warn(struct logger *lg, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_info(struct logger *lg, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void log_debug(struct logger *lg, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Logs e at error level as k6 does: its message, "hint" as a field, source=stacktrace when it is a
 * stack. */
void log_err(struct logger *lg, const struct err *e);

/* "json", "raw", "text"; anything else means text. */
enum log_format log_format_parse(const char *name);
const char *log_level_name(enum log_level level); /* "warning" */

#endif
