/* wc_import.h - keys from bytes and back: raw, PKCS #8, SPKI and JWK. The data comes from scripts
 * and servers: anything may be in it. No engine; any thread. */
#ifndef C6_WC_IMPORT_H
#define C6_WC_IMPORT_H

#include "base/buf.h"
#include "modules/webcrypto/wc_key.h"
#include "modules/webcrypto/wc_params.h"

/* data is the JSON text for WC_JWK. 0 and a new reference in *out, or ERR_INVALID and e. */
int wc_import(struct wc_key **out, const struct wc_params *p, enum wc_format format,
              struct str data, bool is_extractable, const struct wc_usages *usages,
              struct wc_err *e);

/* Appends the key; JSON text for WC_JWK. Whether it may be extracted is asked here. */
int wc_export(struct buf *out, const struct wc_key *k, enum wc_format format, struct wc_err *e);

#endif
