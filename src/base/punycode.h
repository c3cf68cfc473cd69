/* punycode.h - host names beyond ASCII as they go on the wire: each label that has other letters
 * becomes "xn--" and Punycode. Nothing is mapped or normalized first, which is how the reference
 * does it. Spec: RFC 3492. Tests: punycode_test.c, fuzz/url_fuzz.c */
#ifndef C6_PUNYCODE_H
#define C6_PUNYCODE_H

#include "base/buf.h"
#include "base/str.h"

/* Appends the host. ERR_INVALID when it can't be encoded; out then holds nothing of use. */
int punycode_put_host(struct buf *out, struct str host);

#endif
