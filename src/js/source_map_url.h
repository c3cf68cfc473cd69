/* source_map_url.h - the last line of a bundled file that names its source map. Text work only. */
#ifndef C6_SOURCE_MAP_URL_H
#define C6_SOURCE_MAP_URL_H

#include <stdbool.h>

#include "base/str.h"

/* Whether the last line that is not empty is "//# sourceMappingURL=" and names another file: then
 * *url is that name, lent from source. */
bool source_map_url(struct str source, struct str *url);

#endif
