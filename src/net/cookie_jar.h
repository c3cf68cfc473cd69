/* cookie_jar.h - cookies by RFC 6265 with the rules of Go's cookiejar, which k6 shows: host-only
 * and domain cookies, paths, expiry, Secure. No public-suffix list: as in k6, hosts that agree in
 * their last two labels share what they set for any domain above them. */
#ifndef C6_COOKIE_JAR_H
#define C6_COOKIE_JAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/url.h"

struct cookie {
    struct str name, value, domain, path;
    bool secure, http_only;
    bool has_expires;
    int64_t expires_s; /* since 1970 */
    int64_t max_age;   /* 0: not given; negative: delete now */
};

struct cookie_jar;
struct cookie_jar *cookie_jar_new(void);
void cookie_jar_free(struct cookie_jar *j);
void cookie_jar_clear(struct cookie_jar *j);
bool cookie_jar_is_empty(const struct cookie_jar *j);
/* A Set-Cookie header's value; ERR_INVALID when it is none. Strings borrow from text. */
int cookie_parse(struct str text, struct cookie *fills);
/* A cookie's value by Go's rules, its quotes taken off where they may be. False: a byte that has no
 * place there. */
bool cookie_read_value(struct str *value, bool may_be_quoted);
/* "name=value" for a Cookie field: bytes that don't belong there are left out, blanks and commas
 * make it quoted. Returns the first byte of the value that was left out, or -1. */
int cookie_put(struct buf *out, struct str name, struct str value);
void cookie_jar_set(struct cookie_jar *j, const struct url *u, const struct cookie *c,
                    int64_t wall_ns);
/* Calls each(opaque, name, value) for the cookies to send to u, longest path first. */
void cookie_jar_each(struct cookie_jar *j, const struct url *u, int64_t wall_ns,
                     void (*each)(void *opaque, struct str name, struct str value), void *opaque);
void cookie_jar_remove(struct cookie_jar *j, const struct url *u, struct str name);
void cookie_jar_remove_all_of(struct cookie_jar *j, const struct url *u);

#endif
