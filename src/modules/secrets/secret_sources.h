/* secret_sources.h - where secrets come from (--secret-source), and fetching them. Knows no engine.
 * Sources are made before the script loads and don't change; fetching is safe from every thread,
 * and what was fetched once is kept. */
#ifndef C6_SECRET_SOURCES_H
#define C6_SECRET_SOURCES_H

#include <stddef.h>

#include "base/err.h"
#include "base/redact.h"
#include "base/str.h"

struct secret_sources;
struct worker; /* core/worker.h */

/* lines as given, "file=secrets.txt", "mock=name=a,default,key=value" or "url=urlTemplate=...". With
 * none, fetching says that there is no source. Whatever is fetched is added to the redactor
 * (borrowed) first. env: "NAME=value" strings, NULL-terminated. Reads files (blocks). Errors: k6's
 * texts. */
int secret_sources_new(struct secret_sources **out, char *const *lines, size_t count,
                       char *const *env, struct redactor *redactor, struct err *e);
void secret_sources_free(struct secret_sources *s);

enum { SECRET_IS_REMOTE = 1 };

/* source "default" is the one marked so, or the only one. 0 and the value, lent until
 * secret_sources_free; SECRET_IS_REMOTE: only secret_sources_fetch has it; ERR_NOT_FOUND with k6's
 * text. s may be NULL: no sources. */
int secret_sources_get(struct secret_sources *s, struct str source, struct str key,
                       struct str *value, struct err *e);
/* After SECRET_IS_REMOTE: asks the server. Parks; for a helper fiber. 0 and the value, lent as
 * above; an error with k6's text, or ERR_CANCELED. */
int secret_sources_fetch(struct secret_sources *s, struct worker *w, struct str source,
                         struct str key, struct str *value, struct err *e);

#endif
