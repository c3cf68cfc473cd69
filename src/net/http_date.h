/* http_date.h - dates as headers have them: "Mon, 02 Jan 2006 15:04:05 MST", or with dashes in the
 * date. Read as Go reads them, with its words where they are not. Tests: http_date_test.c,
 * fuzz/cookie_fuzz.c */
#ifndef C6_HTTP_DATE_H
#define C6_HTTP_DATE_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* separator: what stands between day, month and year, ' ' or '-'. Seconds since 1970; ERR_INVALID
 * with Go's text. e may be NULL. */
int http_date_parse(int64_t *out_s, struct str text, char separator, struct err *e);

#endif
