/* vu_script.h - making and ending VUs inside the js folder; everyone else calls them through
 * script_ops_js. */
#ifndef C6_VU_SCRIPT_H
#define C6_VU_SCRIPT_H

#include "base/err.h"
#include "js/pod_int.h"

/* On a FIBER_BIG fiber. Parks. Init code's exception: exit code 107. */
int vu_script_new(struct script *s, const struct vu_new_config *config, struct js_vu **out,
                  struct err *e);
void vu_script_free(struct js_vu *v);

#endif
