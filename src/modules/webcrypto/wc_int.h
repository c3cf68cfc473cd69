/* wc_int.h - inside webcrypto only: key objects of the TLS library and JWK.
 *
 *   wc_import.c     which format goes where, secrets, raw points, DER
 *   wc_jwk.c        JSON to parts of keys and back
 *   wc_pkey.c       parts of keys to the library's objects and back
 */
#ifndef C6_WC_INT_H
#define C6_WC_INT_H

#include <openssl/bn.h>
#include <openssl/evp.h>

#include "base/buf.h"
#include "base/str.h"
#include "modules/webcrypto/wc_alg.h"
#include "modules/webcrypto/wc_key.h"

/* ---- wc_pkey.c ---- */

enum wc_rsa_part { RSA_N, RSA_E, RSA_D, RSA_P, RSA_Q, RSA_DP, RSA_DQ, RSA_QI, RSA_PARTS };

/* Big-endian numbers; public: the first two alone (d is empty). NULL: they make no key. */
EVP_PKEY *wc_pkey_from_rsa(const struct str parts[RSA_PARTS]);
/* Numbers without leading zeros; of a public key n and e alone. The object of a pair knows both
 * halves. */
bool wc_pkey_to_rsa(EVP_PKEY *pkey, bool is_private, struct buf parts[RSA_PARTS]);
/* d empty: a public key. NULL: no point of the curve, or d is not x's and y's. */
EVP_PKEY *wc_pkey_from_ec(enum wc_curve curve, struct str x, struct str y, struct str d);
/* Numbers as long as the curve's; d stays empty for a public key. */
bool wc_pkey_to_ec(EVP_PKEY *pkey, enum wc_curve curve, struct buf *x, struct buf *y,
                   struct buf *d);
enum wc_curve wc_pkey_curve(EVP_PKEY *pkey); /* WC_CURVES: another one, or no EC key */
/* RSA, or a curve we know. NULL: no such thing, numbers that do not fit, or bytes behind it. */
EVP_PKEY *wc_pkey_from_spki(struct str der);
EVP_PKEY *wc_pkey_from_pkcs8(struct str der);
bool wc_pkey_put_spki(struct buf *out, EVP_PKEY *pkey);
bool wc_pkey_put_pkcs8(struct buf *out, EVP_PKEY *pkey);

/* ---- wc_jwk.c ---- */

int wc_jwk_read_secret(struct buf *secret, struct str json, struct wc_err *e);
/* The new key's pkey, type and curve or modulus length. */
int wc_jwk_read_rsa(struct wc_key *k, struct str json, struct wc_err *e);
int wc_jwk_read_ec(struct wc_key *k, struct str json, struct wc_err *e);
int wc_jwk_put(struct buf *out, const struct wc_key *k, struct wc_err *e);

#endif
