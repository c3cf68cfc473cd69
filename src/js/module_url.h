/* module_url.h - the names of modules: file URLs made of paths and specifiers, and paths of them.
 * Text work only. */
#ifndef C6_MODULE_URL_H
#define C6_MODULE_URL_H

#include "base/err.h"
#include "base/str.h"

/* "/a b/c.js" -> "file:///a%20b/c.js", dot segments resolved. The path must be absolute. Caller
 * frees. */
char *module_url_from_path(const char *path);
/* "file:///a%20b/c.js" -> "/a b/c.js". Caller frees. NULL when it is no file URL. */
char *module_url_to_path(const char *url);
/* An import's specifier seen from the module base_url ("file:///dir/a.js", or a directory ending in
 * '/'). Built-in names ("k6", "k6/http") are returned as they are. ERR_INVALID with k6's meaning
 * for what is neither a path nor a URL that can be loaded. */
int module_url_resolve(char **out, const char *base_url, const char *specifier, struct err *e);
bool module_url_is_builtin(const char *name);

#endif
