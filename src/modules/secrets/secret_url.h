/* secret_url.h - a secret source of kind url: asks a server for each secret. Knows no engine. Used
 * by several workers at once. */
#ifndef C6_SECRET_URL_H
#define C6_SECRET_URL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "core/worker.h"

struct secret_url;

/* line and env: see secret_url_config.h. Reads files (blocks). */
int secret_url_new(struct secret_url **out, struct str line, char *const *env, struct err *e);
void secret_url_free(struct secret_url *s);

/* Appends the secret named key. Waits for its turn (requests a minute), sends, tries again after
 * faults that may pass; parks. Errors: k6's texts; ERR_CANCELED. */
int secret_url_fetch(struct secret_url *s, struct worker *w, struct str key, struct buf *out,
                     struct err *e);

/* Appends the secret that an answer holds: all of it, or the text at path. For tests. */
int secret_url_extract(struct buf *out, struct str body, struct str path, struct err *e);

#endif
