/* secret_sources.h - where secrets come from (--secret-source), and fetching them. Knows no engine.
 * Sources are made before the script loads and don't change; fetching is safe from every thread. */
#ifndef C6_SECRET_SOURCES_H
#define C6_SECRET_SOURCES_H

#include <stddef.h>

#include "base/err.h"
#include "base/redact.h"
#include "base/str.h"

struct secret_sources;

/* lines as given, "file=secrets.txt" or "mock=name=a,default,key=value". With none, fetching says
 * that there is no source. Whatever is fetched is added to the redactor (borrowed) first. Reads
 * files (blocks). Errors: k6's texts. */
int secret_sources_new(struct secret_sources **out, char *const *lines, size_t count,
                       struct redactor *redactor, struct err *e);
void secret_sources_free(struct secret_sources *s);

/* source "default" is the one marked so, or the only one. 0 and the value, lent until
 * secret_sources_free; ERR_NOT_FOUND with k6's text. s may be NULL: no sources. */
int secret_sources_get(struct secret_sources *s, struct str source, struct str key,
                       struct str *value, struct err *e);

#endif
