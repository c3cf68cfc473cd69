/* script.h - loading a test script: reads it and everything it imports, compiles once to bytecode,
 * runs init code once (VU 0) to learn its options and exports. Gives the script_ops for exec. */
#ifndef C6_SCRIPT_H
#define C6_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/key_value.h"
#include "base/log.h"
#include "exec/vu.h"
#include "metrics/metric.h"

struct js_module_table; /* js/js_module.h */

struct archive; /* js/archive.h */
struct secret_sources;

struct worker; /* core/worker.h */

/* Gets the text of a module from another machine. Called on a fiber of w, outside the engine; parks.
 * *data is fresh, NUL-terminated, the caller's to mem_free. ERR_* with the reason in e;
 * ERR_CANCELED when the fiber was canceled. */
typedef int (*script_fetch_fn)(void *opaque, struct worker *w, const char *url, char **data,
                               size_t *len, struct err *e);

/* One of what a script and the files it imports import, and the script itself: the URL of a file and
 * its text, or the name of a module of k6, without text. Both are lent. */
typedef void (*script_import_fn)(void *opaque, const char *name, struct str text);

struct script_config {
    const char *path; /* as given; "-" reads stdin */
    struct str text;  /* of the script, where the caller has read it; p NULL: read it; borrowed */
    const struct archive *archive; /* run this test: everything is read from it. NULL: from the
                                      disk. Borrowed until script_free */
    struct archive *keeps; /* everything that is read is put into it, for the archive command; NULL:
                              it is not kept */
    script_import_fn each_import; /* NULL: the script is loaded. Else nothing of it runs: its imports
                                     are told, and script_load gives a script without exports */
    void *import_opaque;
    const struct js_module_table *modules;
    script_fetch_fn fetch; /* NULL: modules of other machines are refused */
    void *fetch_opaque;
    const struct key_value *env; /* __ENV: -e flags, and the system's environment with
                                    --include-system-env-vars; borrowed */
    size_t env_count;
    struct logger *logger;
    struct logger *console_logger;  /* console.*: --console-output's file or the logger */
    bool freezes_env;               /* __ENV and what is in it can't be changed */
    bool is_base_mode;              /* --compatibility-mode=base: `global` is not there */
    struct secret_sources *secrets; /* borrowed; for script_secrets. NULL: none */
    const char *console_source; /* "console"; NULL leaves the field off, as --console-output does */
    struct metric_registry *metrics; /* metrics made by init code */
};

/* Blocks: runs a worker of its own on the calling thread. Errors: text and exit code (107 for
 * syntax and exceptions, 255...). */
int script_load(struct script **out, const struct script_config *config, struct err *e);
void script_free(struct script *s); /* after the last VU */
/* JSON of the exported `options`; "" when there is none. */
struct str script_options_json(const struct script *s);
/* The bytes of a local file, by its absolute path: read once a test, held once, lent until
 * script_free. New files are read (this blocks) only while the script loads: ERR_INVALID for them
 * later. Other errors as source_file_read's. */
int script_open(struct script *s, const char *path, struct str *bytes, struct err *e);
/* As configured; opaque here, modules/secrets knows what it is. */
struct secret_sources *script_secrets(const struct script *s);
/* False: nothing of it can be called. The options of such a script are judged all the same, first. */
bool script_has_functions(const struct script *s);
const char *script_url(const struct script *s); /* "file:///dir/script.js" */
const char *
script_base_url(const struct script *s); /* "file:///dir/": what a script from stdin imports from */
extern const struct script_ops script_ops_js;

#endif
