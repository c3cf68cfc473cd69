/* script_int.h - what a loaded script is, inside the js folder. Filled while VU 0 loads; locked
 * after that, and then read by all workers without locks.
 *
 *   script --codes--> "file:///a.js": bytecode        one copy a process, instantiated by every VU
 *          --files--> "/dir/users.json": bytes        what open() read
 *          --imports-> which names of "file:///b.js" are imported anywhere
 *          --wanted-> which names of "k6/http" are imported anywhere */
#ifndef C6_SCRIPT_INT_H
#define C6_SCRIPT_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/vec.h"
#include "js/file_pages.h"
#include "js/script.h"

struct module_code {
    uint8_t *bytecode;
    size_t len;
    char *source; /* what was compiled: bytecode has no texts of functions */
    size_t source_len;
    bool is_cjs;     /* the bytecode is a function(module, exports) */
    bool wants_meta; /* names import.meta somewhere */
};

struct script_file {
    char *data; /* NULL when pages hold it */
    size_t len;
    struct file_pages *pages; /* of a large one; or NULL */
    char *error; /* it could not be read, and every VU is told so in the same words; NULL: it could
                  */
    int rc;      /* that error's code */
};

/* The names of a built-in module that some import statement names; those alone are made for each
 * VU. */
struct wanted_names {
    bool all;       /* imported as a namespace */
    bool passes_on; /* export * from it */
    VEC(char *) names;
};

void script_file_free(void *script_file);
/* As script_open. *pages: what holds the bytes, lent; NULL: they are in ordinary memory. */
int script_open_pages(struct script *s, const char *path, struct str *bytes,
                      struct file_pages **pages, struct err *e);

/* What a module or open() names, read while the script loads: from its archive, from the disk, or
 * from another machine (then it parks, outside the engine). Errors as source_file_read's;
 * ERR_UNSUPPORTED for URLs of other machines where there is nothing to fetch them with. */
int script_read(struct script *s, const char *url, char **data, size_t *len, struct err *e);

struct script {
    const struct js_module_table *modules;
    struct key_value *env; /* own copies */
    size_t env_count;
    bool freezes_env;
    struct logger *logger;
    struct logger *console_logger;
    const char *console_source;
    bool is_base_mode;
    struct secret_sources *secrets;
    struct metric_registry *metrics;
    script_fetch_fn fetch; /* see script_config */
    void *fetch_opaque;
    script_import_fn each_import; /* likewise */
    void *import_opaque;
    struct worker *loading;        /* the worker that loads it; NULL once it is loaded */
    const struct archive *archive; /* see script_config */
    struct archive *keeps;

    char *given_path; /* as on the command line, for messages */
    char *url;        /* of the main module */
    char *base_url; /* its directory, with '/' at the end: what a script from stdin imports from */
    char *source;   /* of the main module, until it is compiled */
    size_t source_len;

    struct map *codes;           /* by URL: struct module_code */
    struct map *files;           /* by path: struct script_file */
    struct wanted_names *wanted; /* by module index */
    struct map *imports;         /* by URL: struct wanted_names of modules that are files */
    struct map *failures;        /* by URL: text of why a module can't be read */
    void **shared;               /* by module index: what js_module.shared_new made */
    char *wanted_as; /* while loading: the module asked for last, in the script's own words */
    bool is_locked;              /* VU 0 is done: nothing new is read */
    bool wants_regexp;           /* it has regular expressions, or its init code used some */

    char *options_json;        /* NULL: no options exported */
    VEC(char *) functions;     /* exported functions */
    bool has_bad_summary_hook; /* handleSummary is exported but no function */
};

#endif
