/* wc_params.h - what an algorithm object of WebCrypto says, read once from the script so that the
 * work itself needs no engine. Which fields count depends on the algorithm and the operation. */
#ifndef C6_WC_PARAMS_H
#define C6_WC_PARAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "modules/webcrypto/wc_alg.h"
#include "modules/webcrypto/wc_key.h"

/* More than any script needs, less than what would keep a thread busy for minutes. */
enum {
    WC_MAX_SECRET_BITS = 1 << 27,
    WC_MIN_MODULUS_BITS = 1024,
    WC_MAX_MODULUS_BITS = 8192,
    WC_MAX_ITERATIONS = 100 * 1000 * 1000,
};

struct wc_params {
    enum wc_alg alg;
    enum wc_alg hash;    /* WC_ALGS: not given */
    enum wc_curve curve; /* WC_CURVES: a name that is no curve's */
    char curve_name[24]; /* as given, cut */
    bool has_length;
    int64_t length_bits;  /* AES and HMAC keys; AES-CTR: of the counter; RSA: modulusLength */
    int64_t tag_bits;     /* AES-GCM; 0: not given */
    int64_t salt_len;     /* RSA-PSS */
    int64_t iterations;   /* PBKDF2 */
    struct buf iv;        /* AES-CBC, AES-GCM; AES-CTR: the counter */
    struct buf extra;     /* additionalData, label, salt or publicExponent */
    struct wc_key *other; /* ECDH: the other side's public key; counted */
};
void wc_params_init(struct wc_params *p);
void wc_params_deinit(struct wc_params *p);

#endif
