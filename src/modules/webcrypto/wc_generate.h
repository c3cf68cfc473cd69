/* wc_generate.h - new keys. RSA pairs take tens of milliseconds to seconds: not for a worker's
 * thread. */
#ifndef C6_WC_GENERATE_H
#define C6_WC_GENERATE_H

#include "modules/webcrypto/wc_key.h"
#include "modules/webcrypto/wc_params.h"

/* A secret key in out[0], or a pair: private in out[0], public in out[1]. 0, or ERR_INVALID and e.
 * is_canceled may be NULL, and may be set by another thread: then it fails soon. */
int wc_generate(struct wc_key *out[2], const struct wc_params *p, bool is_extractable,
                const struct wc_usages *usages, const int *is_canceled, struct wc_err *e);

#endif
