/* wc_task.h - one operation of SubtleCrypto without the engine: what it needs, and what came of it.
 * Filled by subtle.c from the script's arguments, run on the worker's thread or, when it would take
 * long, on a helper's; then turned into a promise's value by subtle.c again. */
#ifndef C6_WC_TASK_H
#define C6_WC_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "modules/webcrypto/wc_crypt.h"
#include "modules/webcrypto/wc_key.h"
#include "modules/webcrypto/wc_params.h"

enum wc_result { WC_GIVES_BYTES, WC_GIVES_BOOL, WC_GIVES_KEY, WC_GIVES_PAIR, WC_GIVES_JWK };

struct wc_task {
    enum wc_op op;
    struct wc_params params;     /* the algorithm */
    struct wc_params key_params; /* of the key to derive or unwrap */
    struct wc_key *key;          /* counted */
    struct wc_key *wrapped;      /* wrapKey: the one to wrap; counted */
    enum wc_format format;
    struct buf data;
    struct buf signature;
    int64_t bits; /* deriveBits; below 0: all */
    bool is_extractable;
    struct wc_usages usages;
    int is_canceled; /* atomic: nobody wants the result any more */
    /* what came of it */
    int rc;
    struct wc_err err;
    enum wc_result result;
    struct buf out;
    bool verdict;
    struct wc_key *made[2];
};
void wc_task_init(struct wc_task *t, enum wc_op op);
void wc_task_deinit(struct wc_task *t); /* wipes what was secret */

/* Would it hold up the other VUs of the worker? */
bool wc_task_is_heavy(const struct wc_task *t);
/* From any thread while another runs the task: that is to end soon, with an error. */
void wc_task_cancel(struct wc_task *t);
/* m belongs to the calling thread; NULL: looks everything up anew. Leaves no errors in the
 * library's list, which TLS on the same thread looks at. */
void wc_task_run(struct wc_task *t, struct wc_methods *m);

#endif
