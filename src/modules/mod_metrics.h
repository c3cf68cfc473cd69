/* mod_metrics.h - the module k6/metrics: Counter, Gauge, Rate, Trend. For modules_table.c. */
#ifndef C6_MOD_METRICS_H
#define C6_MOD_METRICS_H

#include "js/js_module.h"

extern const struct js_module mod_metrics;

#endif
