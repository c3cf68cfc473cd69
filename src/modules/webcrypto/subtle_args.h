/* subtle_args.h - the arguments of SubtleCrypto's functions, read into a task (wc_task.h). Inside
 * the engine; getters of what the script hands in may run.
 *
 * All give 0; ERR_INVALID when the argument is refused, the reason in t->err; ERR_SCRIPT with an
 * exception pending. The order of checks is k6's, for a script sees which comes first. */
#ifndef C6_SUBTLE_ARGS_H
#define C6_SUBTLE_ARGS_H

#include <quickjs.h>

#include "modules/webcrypto/wc_task.h"

/* A copy of the bytes of an ArrayBuffer, typed array or DataView. */
int subtle_args_bytes(JSContext *ctx, JSValueConst v, struct buf *out, struct wc_err *e);
/* The algorithm's name, which must be good for op. */
int subtle_args_alg(JSContext *ctx, JSValueConst v, enum wc_op op, enum wc_alg *out,
                    struct wc_err *e);
/* What op needs of the algorithm object besides the name: p->alg is read before. */
int subtle_args_params(JSContext *ctx, JSValueConst v, enum wc_op op, struct wc_params *p,
                       struct wc_err *e);
/* "raw" and its kin; WC_FORMATS for others. */
int subtle_args_format(JSContext *ctx, JSValueConst v, enum wc_format *out);
/* A list of usages, the argument at place; nullish is an empty one. Throws a TypeError for anything
 * that is no list. */
int subtle_args_usages(JSContext *ctx, JSValueConst v, int place, struct wc_usages *out);
/* Key material in that format: bytes, or an object's JSON. */
int subtle_args_key_data(JSContext *ctx, JSValueConst v, enum wc_format format, struct buf *out,
                         struct wc_err *e);
/* A CryptoKey; a new reference. */
int subtle_args_key(JSContext *ctx, JSValueConst v, struct wc_key **out, struct wc_err *e);
/* A number of bits; nullish: *is_given false. */
int subtle_args_bits(JSContext *ctx, JSValueConst v, bool *is_given, int64_t *out);

#endif
