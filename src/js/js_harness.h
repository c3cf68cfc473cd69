/* js_harness.h - for the tests of this folder: runs a script's text on a real worker, in as many
 * VUs as wanted, and gives back what it printed. Scripts may import k6/test: park() lets other
 * fibers run, parkMs(n) waits, later(v) is a promise that an operation settles, squares(n) a
 * virtual array of {square: i * i}, cancelMe() cancels the VU's fiber, abort() is test.abort(),
 * throwGo(text) throws one of k6's own errors. */
#ifndef C6_JS_HARNESS_H
#define C6_JS_HARNESS_H

#include <stdbool.h>

#include "base/err.h"
#include "js/script.h"

enum { HARNESS_VUS = 64 };

struct harness {
    /* wanted; zero means one */
    int vus, iterations;
    const char *exec; /* exported function; NULL: default */
    const struct key_value *env;
    size_t env_count;
    const char *given_setup_json; /* setup data; NULL: none */
    const struct key_value *scenario_env;
    size_t scenario_env_count;
    void (*before_iteration)(struct vu *vu); /* may be NULL */
    /* what came of it */
    struct script *script;
    int rc; /* of script_load or the first vu_new that failed */
    struct err err;
    char *console;    /* console.* of all, a line each */
    char *log;        /* the rest, raw */
    int results[6];   /* iterations by enum vu_result */
    char *setup_json; /* of harness_hooks */
    enum vu_result setup_result, teardown_result, summary_result;
    char *summary_json, *summary_data; /* what it gave; its argument afterwards */
    bool summary_called;
    /* private */
    char *dir;
    int console_fd, log_fd;
    struct logger *console_logger, *logger;
    struct worker *worker;
    int running;
};

/* Writes a file of the script into its folder, before harness_run; the folder is made at the first
 * call. */
void harness_file(struct harness *h, const char *name, const char *text);
/* Loads text as script.js and runs its iterations. */
void harness_run(struct harness *h, const char *text);
/* Loads it and runs setup, teardown and handleSummary, those that there are. timeout_ms for each.
 */
void harness_hooks(struct harness *h, const char *text, int timeout_ms, const char *summary_data);
void harness_end(struct harness *h); /* frees everything, removes the folder */

#endif
