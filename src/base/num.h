/* num.h - numbers to text and back, the same in every locale, in the spellings Go uses (k6's outputs do). */
#ifndef C6_NUM_H
#define C6_NUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

/* All of s must be the number. Return 0 or ERR_INVALID (also for overflow). */
int num_parse_int(struct str s, int64_t *out);
int num_parse_uint(struct str s, uint64_t *out);
int num_parse_double(struct str s, double *out); /* decimal, exponent; no hex, no inf, no nan */

/* Shortest text that reads back the same: Go's 'f' with precision -1 (never an exponent), and 'g' with precision -1,
 * which is what %v prints of a float64 (exponent below 1e-4 and from 1e6 on: "1e+06", "1.2345675e+06"). */
void num_put_f(struct buf *out, double n);
void num_put_g(struct buf *out, double n);
/* A JavaScript number as it looks after Go's %v: k6's engine hands whole numbers up to 2^53 over as integers
 * ("1000000"), all others as float64 ("1.2345675e+06", "1e-06", "1e+21"). */
void num_put_v(struct buf *out, double n);
void num_put_fixed(struct buf *out, double n, int decimals); /* Go's 'f' with that precision */
/* As Go's encoding/json: "1e+21", "0.000001", "1e-7". NaN and infinities: null. */
void num_put_json(struct buf *out, double n);
/* As JavaScript's String(n): "1e+21", "0.000001", "1e-7". */
void num_put_js(struct buf *out, double n);

#endif
