/* redact.c - see redact.h. Tests: redact_test.c */
#include "base/redact.h"

#include <pthread.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/vec.h"

static const char MARK[] = "***SECRET_REDACTED***";

struct redactor {
    pthread_mutex_t lock;
    VEC(struct str) secrets; /* own copies */
};

struct redactor *redactor_new(void)
{
    struct redactor *r = MEM_NEW(struct redactor);
    CHECK(pthread_mutex_init(&r->lock, NULL) == 0);
    return r;
}

void redactor_free(struct redactor *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->secrets.len; i++)
        mem_free((char *)(uintptr_t)r->secrets.items[i].p);
    VEC_DEINIT(&r->secrets);
    pthread_mutex_destroy(&r->lock);
    mem_free(r);
}

void redactor_add(struct redactor *r, struct str s)
{
    bool is_known = str_trim(s).len == 0; /* it would turn every blank into a mark */
    pthread_mutex_lock(&r->lock);
    for (size_t i = 0; i < r->secrets.len && !is_known; i++)
        is_known = str_eq(r->secrets.items[i], s);
    if (!is_known)
        VEC_PUSH(&r->secrets, ((struct str){mem_strndup(s.p, s.len), s.len}));
    pthread_mutex_unlock(&r->lock);
}

/* The length of the secret that text begins with; 0: none. */
static size_t secret_at(const struct redactor *r, struct str text)
{
    for (size_t i = 0; i < r->secrets.len; i++) {
        struct str s = r->secrets.items[i];
        if (s.len <= text.len && memcmp(s.p, text.p, s.len) == 0)
            return s.len;
    }
    return 0;
}

bool redactor_put(struct redactor *r, struct buf *out, struct str text)
{
    size_t from = 0;
    bool has_any = false;
    if (r == NULL)
        return false;
    pthread_mutex_lock(&r->lock);
    for (size_t at = 0; at < text.len && r->secrets.len > 0;) {
        size_t len = secret_at(r, (struct str){text.p + at, text.len - at});
        if (len == 0) {
            at++;
            continue;
        }
        buf_add(out, text.p + from, at - from);
        buf_adds(out, MARK);
        has_any = true;
        at += len;
        from = at;
    }
    pthread_mutex_unlock(&r->lock);
    if (has_any)
        buf_add(out, text.p + from, text.len - from);
    return has_any;
}
