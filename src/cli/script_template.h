/* script_template.h - the scripts that `c6 new` begins with, and the little of Go's template
 * language that k6 users have in templates of their own. */
#ifndef C6_SCRIPT_TEMPLATE_H
#define C6_SCRIPT_TEMPLATE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* "minimal", "protocol", "browser"; NULL when there is none of that name. */
const char *script_template_builtin(const char *name);

struct script_template_values {
    const char *script_name; /* {{ .ScriptName }} */
    const char *project_id;  /* {{ .ProjectID }}; "" is false */
};
/* Values, {{ if }} {{ else }} {{ end }}, comments, and '-' to trim. ERR_INVALID, with the line, for
 * anything else in double braces. */
int script_template_put(struct buf *out, struct str text, const struct script_template_values *v,
                        struct err *e);

#endif
