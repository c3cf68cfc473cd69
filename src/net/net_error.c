/* net_error.c - the one table of what can go wrong on the network: numbers, short texts for
 * scripts, long ones for logs. Knows no socket and no TLS; those who met the failure call it with
 * what they know. Source of numbers and words: k6 docs, "Error codes". Tests: net_error_test.c */
#include "net/net_error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/err.h"
#include "base/str.h"

/* The text where none is given. */
static const char *code_text(uint16_t code)
{
    switch ((enum net_code)code) {
    case NET_OK:
        return "";
    case NET_DEFAULT:
        return "EOF";
    case NET_NON_TCP:
        return "network error";
    case NET_INVALID_URL:
        return "invalid URL";
    case NET_REQUEST_TIMEOUT:
        return "request timeout";
    case NET_DNS_DEFAULT:
        return "lookup: failed";
    case NET_DNS_NO_SUCH_HOST:
        return "lookup: no such host";
    case NET_BLACKLISTED_IP:
        return "ip is blacklisted";
    case NET_BLOCKED_HOSTNAME:
        return "hostname is blocked";
    case NET_TCP_DEFAULT:
        return "tcp error";
    case NET_TCP_BROKEN_PIPE:
        return "write: broken pipe";
    case NET_TCP_UNKNOWN_ERRNO:
        return "unknown errno";
    case NET_TCP_DIAL:
        return "dial: failed";
    case NET_TCP_DIAL_TIMEOUT:
        return "dial: i/o timeout";
    case NET_TCP_DIAL_REFUSED:
        return "dial: connection refused";
    case NET_TCP_DIAL_UNKNOWN_ERRNO:
        return "dial: unknown errno";
    case NET_TCP_RESET:
        return "read: connection reset by peer";
    case NET_TLS_DEFAULT:
        return "tls error";
    case NET_TLS_HEADER:
        return "tls: first record does not look like a TLS handshake";
    case NET_X509_UNKNOWN_AUTHORITY:
        return "x509: unknown authority";
    case NET_X509_HOSTNAME:
        return "x509: certificate doesn't match hostname";
    case NET_HTTP2_DEFAULT:
        return "http2: error";
    case NET_HTTP2_GOAWAY:
        return "http2: received GoAway";
    case NET_HTTP2_STREAM:
        return "http2: stream error";
    case NET_HTTP2_CONNECTION:
        return "http2: connection error";
    case NET_BODY_COMPRESSION:
        return "error decompressing response body";
    }
    return "network error";
}

int net_error_set(struct net_error *e, int rc, uint16_t code, const char *fmt, ...)
{
    if (e == NULL)
        return rc;
    e->code = code;
    e->is_canceled = rc == ERR_CANCELED;
    e->in_body = false;
    if (fmt == NULL) {
        snprintf(e->text, sizeof e->text, "%s", code_text(code));
    } else {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(e->text, sizeof e->text, fmt, ap);
        va_end(ap);
    }
    memcpy(e->detail, e->text, sizeof e->text);
    return rc;
}

int net_error_set_detail(struct net_error *e, int rc, const char *fmt, ...)
{
    if (e == NULL)
        return rc;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->detail, sizeof e->detail, fmt, ap);
    va_end(ap);
    return rc;
}

/* strerror's words as Go writes them: a small first letter. */
static const char *errno_words(int errno_value, char *space, size_t size)
{
    char raw[128];
    snprintf(space, size, "%s", strerror_r(errno_value, raw, sizeof raw));
    space[0] = ascii_lower(space[0]);
    return space;
}

/* Out of descriptors is the generator's own fault, so it says what to do about it. */
static int set_no_files(struct net_error *e, int errno_value, const char *what, const char *to)
{
    struct rlimit limit = {0};
    getrlimit(RLIMIT_NOFILE, &limit);
    bool is_own = errno_value == EMFILE;
    net_error_set(e, ERR_NO_FILES, NET_TCP_DIAL_UNKNOWN_ERRNO,
                  is_own ? "dial: too many open files: the limit is %llu, raise it with `ulimit "
                           "-n` or LimitNOFILE="
                         : "dial: too many open files in the system (limit %llu each): raise it "
                           "with sysctl fs.file-max",
                  (unsigned long long)limit.rlim_cur);
    char text[sizeof e->text];
    memcpy(text, e->text + strlen("dial: "), sizeof text - strlen("dial: "));
    return net_error_set_detail(e, ERR_NO_FILES, "dial tcp %s: %s: %s", to, what, text);
}

static int set_dial_errno(struct net_error *e, int errno_value, const char *what, const char *to)
{
    char words[128];
    errno_words(errno_value, words, sizeof words);
    int rc = err_from_errno(errno_value);
    switch (errno_value) {
    case EMFILE:
    case ENFILE:
        return set_no_files(e, errno_value, what, to);
    case ECONNREFUSED:
        net_error_set(e, rc, NET_TCP_DIAL_REFUSED, NULL);
        break;
    case ETIMEDOUT: /* the kernel gave up before our own timeout did */
        return net_error_set(e, rc, NET_TCP_DIAL_TIMEOUT, NULL);
    case ECONNRESET:
        net_error_set(e, rc, NET_TCP_RESET, "dial: connection reset by peer");
        break;
    default:
        net_error_set(e, rc, NET_TCP_DIAL_UNKNOWN_ERRNO,
                      "dial: unknown errno %d error with msg `%s`", errno_value, words);
    }
    return net_error_set_detail(e, rc, "dial tcp %s: %s: %s", to, what, words);
}

int net_error_set_errno(struct net_error *e, int errno_value, enum net_stage stage,
                        const char *what, const char *from, const char *to)
{
    if (e == NULL)
        return err_from_errno(errno_value);
    if (stage == NET_STAGE_DIAL)
        return set_dial_errno(e, errno_value, what, to);
    char words[128];
    errno_words(errno_value, words, sizeof words);
    int rc = err_from_errno(errno_value);
    const char *op = stage == NET_STAGE_SEND ? "write" : "read";
    net_error_set(e, rc, NET_TCP_DEFAULT, NULL);
    net_error_set_detail(e, rc, "%s tcp %s->%s: %s: %s", op, from != NULL ? from : "?", to, what,
                         words);
    if (errno_value == ECONNRESET) {
        e->code = NET_TCP_RESET;
        snprintf(e->text, sizeof e->text, "%s: connection reset by peer", op);
    } else if (errno_value == EPIPE) {
        e->code = NET_TCP_BROKEN_PIPE;
        snprintf(e->text, sizeof e->text, "%s: broken pipe", op);
    } else {
        snprintf(e->text, sizeof e->text, "%.*s", (int)sizeof e->text - 1, e->detail);
    }
    return rc;
}

int net_error_from_rc(struct net_error *e, int rc)
{
    switch (rc) {
    case ERR_TIMEOUT:
        return net_error_set(e, rc, NET_REQUEST_TIMEOUT, NULL);
    case ERR_CANCELED:
        return net_error_set(e, rc, NET_DEFAULT, "context canceled");
    case ERR_CLOSED:
        return net_error_set(e, rc, NET_DEFAULT, "EOF");
    case ERR_NOMEM:
        return net_error_set(e, rc, NET_DEFAULT, "out of memory");
    default:
        return net_error_set(e, rc, NET_DEFAULT, "%s", err_code_text(rc));
    }
}
