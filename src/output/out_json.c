/* out_json.c - the output `json`: a line for each sample ("Point"), and before the first of a
 * metric its declaration ("Metric"). Used by fanout.c through its row in output_table.c. Format: k6
 * docs, "JSON". Tests: out_json_test.c */
#include <math.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/vec.h"
#include "output/out_file.h"
#include "output/out_time.h"
#include "output/output.h"

/* How a metric's points begin: {"metric":"x","type":"Point","data":{"time":" ; p is NULL until it
 * is declared. */
struct head {
    char *p;
    size_t len;
};

struct out_json {
    struct output base;
    struct out_file file;
    struct out_time clock;
    const struct threshold_config *thresholds;
    size_t threshold_count;
    VEC(struct head) heads;         /* by metric id */
    const struct tagset *last_tags; /* whose text is in tags_text; of the batch at hand only, since
                                       sets die with their batch */
    struct buf tags_text;
    int64_t last_time_ns; /* whose text is in time_text */
    struct buf time_text;
    uint64_t bad_values; /* points that JSON can't hold: infinities */
};

static struct out_json *self(struct output *o)
{
    return (struct out_json *)(void *)o;
}

static int json_open(struct output **out, const struct output_params *p, struct err *e)
{
    struct out_json *j = MEM_NEW(struct out_json);
    out_file_init(&j->file, p->argument, p->stdout_fd, "json", p->logger);
    j->base.type = &out_json_type;
    j->base.logger = p->logger;
    j->base.flush_interval_ns = 200 * NS_PER_MS;
    j->base.description = out_file_is_stdout(p->argument) ? mem_strdup("json(stdout)")
                                                          : mem_printf("json (%s)", p->argument);
    j->thresholds = p->thresholds;
    j->threshold_count = p->threshold_count;
    buf_init(&j->tags_text, BUF_NO_LIMIT);
    buf_init(&j->time_text, BUF_NO_LIMIT);
    *out = &j->base;
    return 0;
}

static int json_start(struct output *o, struct err *e)
{
    return out_file_open(&self(o)->file, e);
}

static void put_tags(struct buf *out, const struct tagset *tags)
{
    buf_addc(out, '{');
    for (uint32_t i = 0; i < tags->count; i++) {
        if (i > 0)
            buf_addc(out, ',');
        json_put_str(out, tags->items[i].key);
        buf_addc(out, ':');
        json_put_str(out, tags->items[i].value);
    }
    buf_addc(out, '}');
}

/* ---- declarations */

static void put_threshold(struct buf *out, const struct threshold_config *t)
{
    if (!t->abort_on_fail) {
        json_put_str(out, str_of(t->expr));
        return;
    }
    buf_adds(out, "{\"threshold\":");
    json_put_str(out, str_of(t->expr));
    buf_adds(out, ",\"abortOnFail\":true,\"delayAbortEval\":");
    if (t->has_delay) {
        buf_addc(out, '"');
        duration_put(out, t->delay_abort_ns);
        buf_addc(out, '"');
    } else {
        buf_adds(out, "null");
    }
    buf_addc(out, '}');
}

/* The submetric's tags in the order of their keys, as tag sets print. */
static void put_submetric_tags(struct buf *out, const struct submetric *s)
{
    size_t done = 0;
    struct str last = {NULL, 0};
    buf_addc(out, '{');
    for (; done < s->tag_count; done++) {
        size_t next = s->tag_count;
        for (size_t i = 0; i < s->tag_count; i++)
            if ((done == 0 || str_cmp(s->keys[i], last) > 0) &&
                (next == s->tag_count || str_cmp(s->keys[i], s->keys[next]) < 0))
                next = i;
        if (next == s->tag_count)
            break;
        last = s->keys[next];
        if (done > 0)
            buf_addc(out, ',');
        json_put_str(out, last);
        buf_addc(out, ':');
        json_put_str(out, s->values[next]);
    }
    buf_addc(out, '}');
}

static void put_submetrics(struct buf *out, const struct metric *m)
{
    if (m->submetric_count == 0) {
        buf_adds(out, "null");
        return;
    }
    buf_addc(out, '[');
    for (size_t i = 0; i < m->submetric_count; i++) {
        const struct submetric *s = m->submetrics[i];
        buf_adds(out, i == 0 ? "{\"name\":" : ",{\"name\":");
        json_put_str(out, str_of(s->name));
        buf_adds(out, ",\"suffix\":");
        json_put_str(out, str_of(s->suffix));
        buf_adds(out, ",\"tags\":");
        put_submetric_tags(out, s);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

static void declare(struct out_json *j, const struct metric *m)
{
    struct buf *out = &j->file.text;
    buf_adds(out, "{\"type\":\"Metric\",\"data\":{\"name\":");
    json_put_str(out, str_of(m->name));
    buf_addf(out, ",\"type\":\"%s\",\"contains\":\"%s\",\"thresholds\":[",
             metric_type_name(m->type), metric_contains_name(m->contains));
    bool is_first = true;
    for (size_t i = 0; i < j->threshold_count; i++) {
        const struct threshold_config *t = &j->thresholds[i];
        if (t->expr == NULL || strcmp(t->metric, m->name) != 0)
            continue;
        if (!is_first)
            buf_addc(out, ',');
        is_first = false;
        put_threshold(out, t);
    }
    buf_adds(out, "],\"submetrics\":");
    put_submetrics(out, m);
    buf_adds(out, "},\"metric\":");
    json_put_str(out, str_of(m->name));
    buf_adds(out, "}\n");
}

/* How the metric's points begin; declares it when it is new. */
static const struct head *head_of(struct out_json *j, const struct metric *m)
{
    size_t id = (size_t)m->id;
    while (j->heads.len <= id)
        VEC_PUSH(&j->heads, ((struct head){NULL, 0}));
    struct head *h = &j->heads.items[id];
    if (h->p == NULL) {
        declare(j, m);
        struct buf text;
        buf_init(&text, BUF_NO_LIMIT);
        buf_adds(&text, "{\"metric\":");
        json_put_str(&text, str_of(m->name));
        buf_adds(&text, ",\"type\":\"Point\",\"data\":{\"time\":\"");
        h->len = text.len;
        h->p = buf_take(&text);
    }
    return h;
}

/* ---- points */

static void put_point(struct out_json *j, const struct sample *s)
{
    const struct head *h = head_of(j, s->metric);
    struct buf *out = &j->file.text;
    if (!isfinite(s->value)) {
        j->bad_values++;
        return;
    }
    if (s->time_ns != j->last_time_ns || j->time_text.len == 0) {
        buf_clear(&j->time_text);
        out_time_put(&j->clock, &j->time_text, s->time_ns, true);
        j->last_time_ns = s->time_ns;
    }
    if (s->tags != j->last_tags) {
        buf_clear(&j->tags_text);
        put_tags(&j->tags_text, s->tags);
        j->last_tags = s->tags;
    }
    buf_add(out, h->p, h->len);
    buf_add(out, j->time_text.data, j->time_text.len);
    buf_adds(out, "\",\"value\":");
    json_put_number(out, s->value);
    buf_adds(out, ",\"tags\":");
    buf_add(out, j->tags_text.data, j->tags_text.len);
    if (s->metadata != NULL && s->metadata->count > 0) {
        buf_adds(out, ",\"metadata\":");
        put_tags(out, s->metadata);
    }
    buf_adds(out, "}}\n");
}

static void json_take(struct output *o, const struct sample_batch *b)
{
    struct out_json *j = self(o);
    j->last_tags = NULL;
    for (size_t i = 0; i < b->len; i++)
        put_point(j, &b->items[i]);
    out_file_commit(&j->file);
}

static void json_flush(struct output *o)
{
    struct out_json *j = self(o);
    out_file_flush(&j->file);
    if (j->bad_values > 0)
        log_error(j->base.logger,
                  "Sample(s) couldn't be marshalled to JSON: %llu have infinite values",
                  (unsigned long long)j->bad_values);
    j->bad_values = 0;
}

static void json_close(struct output *o)
{
    struct out_json *j = self(o);
    json_flush(o);
    out_file_close(&j->file);
    for (size_t i = 0; i < j->heads.len; i++)
        mem_free(j->heads.items[i].p);
    VEC_DEINIT(&j->heads);
    buf_deinit(&j->tags_text);
    buf_deinit(&j->time_text);
    mem_free(j->base.description);
    mem_free(j);
}

const struct output_type out_json_type = {
    .name = "json",
    .open = json_open,
    .start = json_start,
    .take = json_take,
    .flush = json_flush,
    .close = json_close,
};
