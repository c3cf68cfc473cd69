/* loki_batch.c - log lines as Loki takes them; see loki_batch.h. Knows no network and no thread.
 * Tests: loki_batch_test.c */
#include "cli/loki_batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/json.h"
#include "base/mem.h"

struct label {
    struct str key, value;
};

struct labels {
    VEC(struct label) all;
};

/* Replaces an equal key. */
static void set_label(struct labels *l, const char *key, const char *value)
{
    for (size_t i = 0; i < l->all.len; i++) {
        if (str_eqs(l->all.items[i].key, key)) {
            l->all.items[i].value = str_of(value);
            return;
        }
    }
    VEC_PUSH(&l->all, ((struct label){str_of(key), str_of(value)}));
}

static int compare_labels(const void *a, const void *b)
{
    const struct label *x = a, *y = b;
    return str_cmp(x->key, y->key);
}

static bool is_allowed(const struct loki_config *c, struct str key)
{
    bool found = !c->has_allowed;
    for (size_t i = 0; !found && i < c->allowed.len; i++)
        found = str_eqs(key, c->allowed.items[i]);
    return found;
}

/* A line with these labels, which are used up; those that may not be labels stand behind its text.
 */
static void push(struct loki_batch *b, const struct loki_config *c, struct labels *l,
                 struct str text, int64_t time_ns)
{
    struct buf labels, line;
    buf_init(&labels, BUF_NO_LIMIT);
    buf_init(&line, BUF_NO_LIMIT);
    buf_add_str(&line, text);
    qsort(l->all.items, l->all.len, sizeof l->all.items[0], compare_labels);
    for (size_t i = 0; i < l->all.len; i++) {
        const struct label *item = &l->all.items[i];
        if (is_allowed(c, item->key)) {
            if (labels.len > 0)
                buf_addc(&labels, ',');
            json_put_str(&labels, item->key);
            buf_addc(&labels, ':');
            json_put_str(&labels, item->value);
        } else {
            buf_addf(&line, " %.*s=", (int)item->key.len, item->key.p);
            buf_add_str(&line, item->value);
        }
    }
    VEC_PUSH(&b->lines, ((struct loki_line){
                            .labels = buf_take(&labels),
                            .text = buf_take(&line),
                            .time_ns = time_ns,
                        }));
    VEC_DEINIT(&l->all);
}

static void set_own_labels(struct labels *l, const struct loki_config *c, enum log_level level)
{
    for (size_t i = 0; i < c->labels.len; i++)
        set_label(l, c->labels.items[i].key, c->labels.items[i].value);
    set_label(l, "level", log_level_name(level));
}

void loki_batch_add(struct loki_batch *b, const struct loki_config *c,
                    const struct log_entry *entry)
{
    struct labels l = {0};
    if (b->lines.len >= (size_t)c->limit) {
        b->dropped++;
        return;
    }
    for (int i = 0; i < entry->field_count; i++)
        set_label(&l, entry->fields[i].key, entry->fields[i].value);
    set_own_labels(&l, c, entry->level);
    push(b, c, &l, entry->msg, entry->time_ns);
}

static void add_warning(struct loki_batch *b, const struct loki_config *c)
{
    struct labels l = {0};
    char *period = duration_dup(c->period_ns);
    char *text = mem_printf("c6 dropped %llu log messages: they were above the limit of %d "
                            "messages a %s",
                            (unsigned long long)b->dropped, c->limit, period);
    set_own_labels(&l, c, LOG_WARN);
    push(b, c, &l, str_of(text), VEC_LAST(&b->lines).time_ns);
    mem_free(text);
    mem_free(period);
}

/* ---- the message */

static size_t skip_runes(struct str s, size_t count)
{
    size_t at = 0;
    while (count-- > 0 && at < s.len)
        utf8_next(s, &at);
    return at;
}

static size_t count_runes(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++)
        utf8_next(s, &at);
    return count;
}

/* Of a text of more than max characters both ends are shown. */
static void put_text(struct buf *out, struct str text, size_t max)
{
    size_t count = text.len > max ? count_runes(text) : text.len;
    if (count <= max) {
        json_put_str(out, text);
        return;
    }
    struct buf cut;
    buf_init(&cut, BUF_NO_LIMIT);
    size_t tail = skip_runes(text, count - max / 2);
    buf_add(&cut, text.p, skip_runes(text, max / 2));
    buf_addf(&cut, "... omitting %zu characters ...", count - max);
    buf_add(&cut, text.p + tail, text.len - tail);
    json_put_str(out, (struct str){cut.data, cut.len});
    buf_deinit(&cut);
}

static int compare_lines(const void *a, const void *b)
{
    const struct loki_line *x = a, *y = b;
    int by_labels = strcmp(x->labels, y->labels);
    return by_labels != 0 ? by_labels : (x->time_ns > y->time_ns) - (x->time_ns < y->time_ns);
}

void loki_batch_put(struct buf *out, struct loki_batch *b, const struct loki_config *c)
{
    if (b->dropped > 0)
        add_warning(b, c);
    if (b->lines.len > 1)
        qsort(b->lines.items, b->lines.len, sizeof b->lines.items[0], compare_lines);
    buf_adds(out, "{\"streams\":[");
    for (size_t i = 0; i < b->lines.len; i++) {
        const struct loki_line *line = &b->lines.items[i];
        bool is_new = i == 0 || strcmp(line[-1].labels, line->labels) != 0;
        if (is_new) {
            buf_adds(out, i > 0 ? "]},{\"stream\":{" : "{\"stream\":{");
            buf_adds(out, line->labels);
            buf_adds(out, "},\"values\":[");
        }
        buf_addf(out, "%s[\"%lld\",", is_new ? "" : ",", (long long)line->time_ns);
        put_text(out, str_of(line->text), (size_t)c->message_max);
        buf_addc(out, ']');
    }
    buf_adds(out, b->lines.len > 0 ? "]}]}" : "]}");
}

void loki_batch_clear(struct loki_batch *b)
{
    for (size_t i = 0; i < b->lines.len; i++) {
        mem_free(b->lines.items[i].labels);
        mem_free(b->lines.items[i].text);
    }
    VEC_CLEAR(&b->lines);
    b->dropped = 0;
}

void loki_batch_deinit(struct loki_batch *b)
{
    loki_batch_clear(b);
    VEC_DEINIT(&b->lines);
}
