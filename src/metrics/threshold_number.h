/* threshold_number.h - numbers as a threshold expression may hold them: what Go's
 * strconv.ParseFloat takes, because that is what scripts were written against: "200", "1e3", ".5",
 * "1_000", "0x1p4", "inf". */
#ifndef C6_THRESHOLD_NUMBER_H
#define C6_THRESHOLD_NUMBER_H

#include "base/str.h"

/* 0; ERR_INVALID: malformed; ERR_TOO_LARGE: out of range. "nan" is a number here. */
int threshold_number_parse(struct str s, double *out);

#endif
