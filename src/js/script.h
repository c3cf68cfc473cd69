/* script.h - loading a test script: reads it and everything it imports, compiles once to bytecode, runs init code once (VU 0) to learn its
 * options and exports. Gives the script_ops for exec. */
#ifndef C6_SCRIPT_H
#define C6_SCRIPT_H

#include <stdbool.h>

#include "base/err.h"
#include "base/log.h"
#include "base/map.h"
#include "exec/vu.h"
#include "js/js_module.h"

struct script_config {
    const char *path;              /* as given; "-" reads stdin */
    const struct js_module_table *modules;
    const struct key_value *env;   /* __ENV: -e flags, and the system's environment with --include-system-env-vars */
    size_t env_count;
    struct logger *logger;
    struct logger *console_logger; /* console.*: --console-output's file or the logger */
    struct metric_registry *metrics; /* metrics made by init code */
};

int script_load(struct script **out, const struct script_config *config, struct err *e);
void script_free(struct script *s);
/* JSON of the exported `options`; "" when there is none. */
struct str script_options_json(const struct script *s);
const char *script_url(const struct script *s); /* "file:///dir/script.js" */
extern const struct script_ops script_ops_js;

#endif
