/* summary_order.h - the order in which the text summary lists metrics and scenarios. */
#ifndef C6_SUMMARY_ORDER_H
#define C6_SUMMARY_ORDER_H

#include "base/str.h"

/* As a person sorts names (Unicode's root collation for ASCII): punctuation, digits, letters; "a"
 * before "B" before "c". */
int summary_cmp_text(struct str a, struct str b);
/* By metric name, a metric's submetrics right behind it. */
int summary_cmp_metric(const char *a, const char *b);

#endif
