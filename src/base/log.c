/* log.c - log records in logrus's three formats.
 * A record is rendered into memory first and leaves in one write, under a lock that also keeps the
 * hooks of a progress display in step. Knows no progress display, no file names, no levels by name.
 * Tests: log_test.c */
#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/redact.h"

enum { LOG_MESSAGE_COLUMNS = 44 };

struct logger {
    pthread_mutex_t lock; /* around hooks and write; everything else is read-only after log_new */
    struct log_config config;
    bool has_lost;             /* said already that lines can not be written */
    int64_t start_s;           /* monotonic; [0001] counts from here */
    int64_t last_ns;           /* of the sink's entries */
    struct redactor *redactor; /* NULL: nothing is hidden */
    bool owns_redactor;
};

static const struct level {
    const char *name;
    const char *tag; /* in the short form */
    int color;
} levels[] = {
    [LOG_ERROR] = {"error", "ERRO", 31},
    [LOG_WARN] = {"warning", "WARN", 33},
    [LOG_INFO] = {"info", "INFO", 36},
    [LOG_DEBUG] = {"debug", "DEBU", 37},
};

static int64_t monotonic_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

struct logger *log_new(const struct log_config *config)
{
    struct logger *lg = MEM_NEW(struct logger);
    CHECK(pthread_mutex_init(&lg->lock, NULL) == 0);
    lg->config = *config;
    lg->start_s = monotonic_s();
    return lg;
}

void log_free(struct logger *lg)
{
    if (lg == NULL)
        return;
    if (lg->config.sink.put != NULL)
        lg->config.sink.end(lg->config.sink.opaque);
    if (lg->config.owns_fd && lg->config.fd >= 0)
        close(lg->config.fd);
    if (lg->owns_redactor)
        redactor_free(lg->redactor);
    pthread_mutex_destroy(&lg->lock);
    mem_free(lg);
}

void log_set_hooks(struct logger *lg, void (*before)(void *), void (*after)(void *), void *opaque)
{
    pthread_mutex_lock(&lg->lock);
    lg->config.before_write = before;
    lg->config.after_write = after;
    lg->config.opaque = opaque;
    pthread_mutex_unlock(&lg->lock);
}

bool log_is_on(const struct logger *lg, enum log_level level)
{
    return lg != NULL && (lg->config.fd >= 0 || lg->config.sink.put != NULL) &&
           level <= lg->config.level;
}

const char *log_level_name(enum log_level level)
{
    return levels[level].name;
}

enum log_format log_format_parse(const char *name)
{
    if (name != NULL && strcmp(name, "json") == 0)
        return LOG_FORMAT_JSON;
    if (name != NULL && strcmp(name, "raw") == 0)
        return LOG_FORMAT_RAW;
    return LOG_FORMAT_TEXT;
}

/* RFC 3339 in local time, as Go writes it: "Z" when the offset is nothing. */
static void put_time(struct buf *out)
{
    time_t now = time(NULL);
    struct tm tm;
    char text[64];
    localtime_r(&now, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    buf_adds(out, text);
    long minutes = tm.tm_gmtoff / 60;
    if (minutes == 0)
        buf_addc(out, 'Z');
    else
        buf_addf(out, "%c%02ld:%02ld", minutes < 0 ? '-' : '+', labs(minutes) / 60,
                 labs(minutes) % 60);
}

/* logrus quotes a value unless every character is one of these. */
static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && (c == '\0' || strchr("-._/@^+", c) == NULL))
            return false;
    }
    return true;
}

static void put_text_value(struct buf *out, struct str s)
{
    if (is_plain(s))
        buf_add_str(out, s);
    else
        buf_add_quoted(out, s);
}

static int compare_fields(const void *a, const void *b)
{
    const struct log_field *x = a;
    const struct log_field *y = b;
    return strcmp(x->key, y->key);
}

/* time="..." level=info msg="..." key=value */
static void put_text(struct buf *out, enum log_level level, const struct log_field *fields,
                     int count, struct str msg)
{
    buf_adds(out, "time=\"");
    put_time(out);
    buf_addf(out, "\" level=%s", levels[level].name);
    if (msg.len > 0) {
        buf_adds(out, " msg=");
        put_text_value(out, msg);
    }
    for (int i = 0; i < count; i++) {
        buf_addf(out, " %s=", fields[i].key);
        put_text_value(out, str_of(fields[i].value));
    }
    buf_addc(out, '\n');
}

static int count_runes(struct str s)
{
    int count = 0;
    for (size_t at = 0; at < s.len; count++)
        utf8_next(s, &at);
    return count;
}

/* INFO[0001] message padded to 44 characters  key=value */
static void put_terminal(struct buf *out, const struct logger *lg, enum log_level level,
                         const struct log_field *fields, int count, struct str msg)
{
    const struct level *l = &levels[level];
    if (msg.len > 0 && msg.p[msg.len - 1] == '\n')
        msg.len--;
    buf_addf(out, "\x1b[%dm%s\x1b[0m[%04lld] ", l->color, l->tag,
             (long long)(monotonic_s() - lg->start_s));
    buf_add_str(out, msg);
    buf_addf(out, "%*s ",
             LOG_MESSAGE_COLUMNS > count_runes(msg) ? LOG_MESSAGE_COLUMNS - count_runes(msg) : 0,
             "");
    for (int i = 0; i < count; i++) {
        buf_addf(out, " \x1b[%dm%s\x1b[0m=", l->color, fields[i].key);
        put_text_value(out, str_of(fields[i].value));
    }
    buf_addc(out, '\n');
}

/* One object, keys sorted. */
static void put_json(struct buf *out, enum log_level level, const struct log_field *fields,
                     int count, struct str msg)
{
    struct log_field *all = mem_alloc((size_t)(count + 3) * sizeof *all);
    struct buf now;
    buf_init(&now, BUF_NO_LIMIT);
    put_time(&now);
    if (count > 0)
        memcpy(all, fields, (size_t)count * sizeof *all);
    all[count++] = (struct log_field){.key = "level", .value = levels[level].name};
    /* msg may hold NUL bytes: put from its str */
    all[count++] = (struct log_field){.key = "msg", .value = NULL};
    all[count++] = (struct log_field){.key = "time", .value = now.data};
    qsort(all, (size_t)count, sizeof *all, compare_fields);
    for (int i = 0; i < count; i++) {
        buf_addc(out, i == 0 ? '{' : ',');
        json_put_str(out, str_of(all[i].key));
        buf_addc(out, ':');
        if (all[i].is_number)
            buf_adds(out, all[i].value);
        else
            json_put_str(out, all[i].value != NULL ? str_of(all[i].value) : msg);
    }
    buf_adds(out, "}\n");
    buf_deinit(&now);
    mem_free(all);
}

/* False when not all could be written. */
static bool write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        data += n;
        len -= (size_t)n;
    }
    return true;
}

/* A log that can't be written (a full disk) says so once on standard error; what it loses is lost.
 * Under the lock. */
static void report_loss(struct logger *lg)
{
    char text[160];
    if (lg->has_lost || lg->config.fd == STDERR_FILENO)
        return;
    lg->has_lost = true;
    int len = snprintf(text, sizeof text, "the log can't be written: %s; lines are lost\n",
                       strerror(errno));
    write_all(STDERR_FILENO, text, (size_t)len);
}

struct redactor *log_redactor(struct logger *lg)
{
    if (lg->redactor == NULL) {
        lg->redactor = redactor_new();
        lg->owns_redactor = true;
    }
    return lg->redactor;
}

void log_share_redactor(struct logger *lg, struct logger *other)
{
    CHECK(lg->redactor == NULL);
    lg->redactor = log_redactor(other);
}

/* text, or what may be shown of it in *own, which is the caller's to deinit. */
static struct str hide(struct logger *lg, struct str text, struct buf *own)
{
    buf_init(own, BUF_NO_LIMIT);
    return redactor_put(lg->redactor, own, text) ? (struct str){own->data, own->len} : text;
}

static void put_to_sink(struct logger *lg, enum log_level level, const struct log_field *fields,
                        int count, struct str msg)
{
    struct timespec now;
    struct log_entry entry = {
        .level = level, .fields = fields, .field_count = count, .msg = msg};
    pthread_mutex_lock(&lg->lock);
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t now_ns = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
    lg->last_ns = now_ns > lg->last_ns ? now_ns : lg->last_ns;
    entry.time_ns = lg->last_ns;
    lg->config.sink.put(lg->config.sink.opaque, &entry);
    pthread_mutex_unlock(&lg->lock);
}

static void write_record(struct logger *lg, enum log_level level, const struct log_field *fields,
                         int count, struct str msg)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    switch (lg->config.format) {
    case LOG_FORMAT_TEXT:
        /* As in k6, no colours means no short form either. */
        if (lg->config.is_terminal && lg->config.use_color)
            put_terminal(&out, lg, level, fields, count, msg);
        else
            put_text(&out, level, fields, count, msg);
        break;
    case LOG_FORMAT_JSON:
        put_json(&out, level, fields, count, msg);
        break;
    case LOG_FORMAT_RAW:
        buf_add_str(&out, msg);
        buf_addc(&out, '\n');
        break;
    }
    pthread_mutex_lock(&lg->lock);
    if (lg->config.before_write != NULL)
        lg->config.before_write(lg->config.opaque);
    if (!write_all(lg->config.fd, out.data, out.len))
        report_loss(lg);
    if (lg->config.after_write != NULL)
        lg->config.after_write(lg->config.opaque);
    pthread_mutex_unlock(&lg->lock);
    buf_deinit(&out);
}

void log_record(struct logger *lg, enum log_level level, const char *source, const char *error,
                const struct log_field *fields, int field_count, struct str msg)
{
    if (!log_is_on(lg, level))
        return;
    int count = 0;
    struct log_field *all = mem_alloc((size_t)(field_count + 2) * sizeof *all);
    for (int i = 0; i < field_count; i++)
        if (fields[i].value != NULL)
            all[count++] = fields[i];
    if (source != NULL)
        all[count++] = (struct log_field){.key = "source", .value = source};
    if (error != NULL)
        all[count++] = (struct log_field){.key = "error", .value = error};
    qsort(all, (size_t)count, sizeof *all, compare_fields);
    struct buf *own = mem_alloc((size_t)(count + 1) * sizeof *own);
    for (int i = 0; i < count; i++) {
        const char *shown = hide(lg, str_of(all[i].value), &own[i]).p;
        all[i].is_number &= shown == all[i].value;
        all[i].value = shown;
    }
    msg = hide(lg, msg, &own[count]);

    if (lg->config.sink.put != NULL)
        put_to_sink(lg, level, all, count, msg);
    else
        write_record(lg, level, all, count, msg);
    for (int i = 0; i <= count; i++)
        buf_deinit(&own[i]);
    mem_free(own);
    mem_free(all);
}

static void log_vformat(struct logger *lg, enum log_level level, const char *fmt, va_list ap)
{
    if (!log_is_on(lg, level))
        return;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_vaddf(&text, fmt, ap);
    log_record(lg, level, NULL, NULL, NULL, 0, (struct str){text.data, text.len});
    buf_deinit(&text);
}

void log_error(struct logger *lg, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    log_vformat(lg, LOG_ERROR, fmt, ap);
    va_end(ap);
}

void log_warn(struct logger *lg, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    log_vformat(lg, LOG_WARN, fmt, ap);
    va_end(ap);
}

void log_info(struct logger *lg, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    log_vformat(lg, LOG_INFO, fmt, ap);
    va_end(ap);
}

void log_debug(struct logger *lg, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    log_vformat(lg, LOG_DEBUG, fmt, ap);
    va_end(ap);
}

void log_err(struct logger *lg, const struct err *e)
{
    struct log_field hint = {.key = "hint", .value = e->hint};
    const char *source = e->is_stack ? "stacktrace" : NULL;
    log_record(lg, LOG_ERROR, source, NULL, &hint, 1, err_text(e));
    if (lg != NULL && lg->config.sink.put != NULL)
        log_record(lg->config.sink.fallback, LOG_ERROR, source, NULL, &hint, 1, err_text(e));
}
