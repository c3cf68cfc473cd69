/* remote.h - modules of other machines, for script_load: fetched over HTTPS with a verified
 * certificate, proxies as the environment says. */
#ifndef C6_REMOTE_H
#define C6_REMOTE_H

#include <stddef.h>

#include "base/err.h"

struct worker;

/* A script_fetch_fn; opaque is not used. */
int remote_fetch(void *opaque, struct worker *w, const char *url, char **data, size_t *len,
                 struct err *e);

#endif
