/* modules.h - the JS modules as a whole: the one table of them, and what they share per test and
 * per worker. cli hands the table to script_load, and the three shared functions to the run. */
#ifndef C6_MODULES_H
#define C6_MODULES_H

#include "base/err.h"
#include "base/log.h"
#include "core/worker.h"
#include "options/options.h"

/* Place of each module in the table: the index of pod_module_state. */
enum module_index {
    MODULE_K6,
    MODULE_METRICS,
    MODULE_HTTP,
    MODULE_TIMERS,
    MODULE_EXECUTION,
    MODULE_CRYPTO,
    MODULE_ENCODING,
    MODULE_DATA,
    MODULE_WEBCRYPTO,
    MODULE_TEXT_ENCODER,
    MODULE_TEXT_DECODER,
    MODULE_FS,
    MODULE_CSV,
    MODULE_SECRETS,
    MODULE_STREAMS,
    MODULE_X509,
    MODULE_HTML,
    MODULE_COUNT,
};

struct js_module_table; /* js/js_module.h */
extern const struct js_module_table modules_table;

/* What all VUs of a test share: settings of the HTTP client, made of the effective options.
 * Immutable while the run goes on, but for the pace of `rps`. options is borrowed until
 * modules_shared_free. */
struct modules_shared;
int modules_shared_new(struct modules_shared **out, const struct options *options, struct err *e);
void modules_shared_free(struct modules_shared *s);
/* Whether what options alone can't judge (certificates, --local-ips) is sound. ERR_INVALID. */
int modules_check_options(const struct options *options, struct err *e);
/* Tells the user of options that don't do what one may think. */
void modules_shared_warn(const struct options *options, struct logger *lg);

/* For run_config: opaque is the struct modules_shared. On the worker's thread, before its first VU
 * and after its last. */
int modules_worker_begin(void *opaque, struct worker *w, struct err *e);
void modules_worker_end(void *opaque, struct worker *w);

#endif
