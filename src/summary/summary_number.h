/* summary_number.h - numbers of the text summary: "12.3ms", "1.4 MB", "66.66%". */
#ifndef C6_SUMMARY_NUMBER_H
#define C6_SUMMARY_NUMBER_H

#include "base/buf.h"
#include "metrics/metric.h"

/* time_unit as in struct summary_input. */
void summary_put_number(struct buf *out, double value, enum metric_type type,
                        enum metric_contains contains, const char *time_unit);
/* A plain count, as JavaScript prints a number. */
void summary_put_count(struct buf *out, double value);

#endif
