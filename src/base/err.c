/* err.c - error texts for people, errno translated to our codes, and the end of the process when a
 * CHECK fails. Knows no logger: whoever holds the struct err decides where its text goes.
 * Tests: err_test.c */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static char *err_format(const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int len = vsnprintf(NULL, 0, fmt, ap);
    CHECK(len >= 0);
    char *text = mem_alloc((size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    return text;
}

static void replace(struct err *e, char *takes_msg, size_t len)
{
    mem_free(e->msg);
    mem_free(e->hint);
    e->msg = takes_msg;
    e->len = len;
    e->hint = NULL; /* it belonged to the old text, and so did the stack */
    e->is_stack = false;
}

int err_set_text(struct err *e, int code, struct str text)
{
    if (e != NULL)
        replace(e, mem_strndup(text.p, text.len), text.len);
    return code;
}

struct str err_text(const struct err *e)
{
    return e->msg != NULL ? (struct str){e->msg, e->len} : STR("");
}

int err_vset(struct err *e, int code, const char *fmt, va_list ap)
{
    if (e == NULL)
        return code;
    /* Formatted first: the arguments may point into the text that is replaced. */
    char *msg = err_format(fmt, ap);
    replace(e, msg, strlen(msg));
    return code;
}

int err_set(struct err *e, int code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    err_vset(e, code, fmt, ap);
    va_end(ap);
    return code;
}

int err_prefix(struct err *e, int code, const char *fmt, ...)
{
    if (e == NULL)
        return code;
    va_list ap;
    va_start(ap, fmt);
    char *prefix = err_format(fmt, ap);
    va_end(ap);
    struct str rest = e->msg != NULL ? err_text(e) : str_of(err_code_text(code));
    size_t head = strlen(prefix);
    char *msg = mem_alloc(head + 2 + rest.len + 1);
    memcpy(msg, prefix, head);
    memcpy(msg + head, ": ", 2);
    memcpy(msg + head + 2, rest.p, rest.len);
    msg[head + 2 + rest.len] = '\0';
    mem_free(prefix);
    mem_free(e->msg);
    e->msg = msg;
    e->len = head + 2 + rest.len;
    return code;
}

void err_set_hint(struct err *e, const char *fmt, ...)
{
    if (e == NULL)
        return;
    va_list ap;
    va_start(ap, fmt);
    char *hint = err_format(fmt, ap);
    va_end(ap);
    mem_free(e->hint);
    e->hint = hint;
}

void err_set_exit(struct err *e, int exit_code)
{
    if (e != NULL && e->exit_code == 0)
        e->exit_code = exit_code;
}

void err_deinit(struct err *e)
{
    if (e == NULL)
        return;
    mem_free(e->msg);
    mem_free(e->hint);
    *e = (struct err){0};
}

int err_from_errno(int errno_value)
{
    switch (errno_value) {
    case 0:
        return 0;
    case ENOMEM:
    case ENOBUFS:
        return ERR_NOMEM;
    case EINVAL:
    case ENAMETOOLONG:
    case EAFNOSUPPORT:
        return ERR_INVALID;
    case EFBIG:
    case EMSGSIZE:
    case EOVERFLOW:
        return ERR_TOO_LARGE;
    case ENOENT:
    case ENOTDIR:
        return ERR_NOT_FOUND;
    case EEXIST:
    case EADDRINUSE:
        return ERR_EXISTS;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_ACCESS;
    case ENOSPC:
    case EDQUOT:
        return ERR_NO_SPACE;
    case EMFILE:
    case ENFILE:
        return ERR_NO_FILES;
    case ETIMEDOUT:
        return ERR_TIMEOUT;
    case ECANCELED:
        return ERR_CANCELED;
    case EPIPE:
    case ENOTCONN:
    case EBADF:
    case ESHUTDOWN:
        return ERR_CLOSED;
    case ECONNRESET:
    case ECONNABORTED:
        return ERR_RESET;
    case ECONNREFUSED:
        return ERR_REFUSED;
    case ENETUNREACH:
    case EHOSTUNREACH:
    case ENETDOWN:
    case EHOSTDOWN:
    case EADDRNOTAVAIL:
        return ERR_UNREACHABLE;
    case EPROTO:
    case EBADMSG:
        return ERR_PROTOCOL;
    case ENOSYS:
    case EOPNOTSUPP:
        return ERR_UNSUPPORTED;
    default: /* errno is open-ended, not an enum of ours */
        return ERR_SYSTEM;
    }
}

const char *err_code_text(int code)
{
    if (code >= 0)
        return "no error";
    switch ((enum err_code)code) {
    case ERR_SYSTEM:
        return "system call failed";
    case ERR_NOMEM:
        return "out of memory";
    case ERR_INVALID:
        return "invalid input";
    case ERR_TOO_LARGE:
        return "too large";
    case ERR_NOT_FOUND:
        return "not found";
    case ERR_EXISTS:
        return "already exists or in use";
    case ERR_ACCESS:
        return "permission denied";
    case ERR_NO_SPACE:
        return "no space left on device";
    case ERR_NO_FILES:
        return "too many open files";
    case ERR_TIMEOUT:
        return "timed out";
    case ERR_CANCELED:
        return "canceled";
    case ERR_CLOSED:
        return "closed";
    case ERR_RESET:
        return "connection reset by peer";
    case ERR_REFUSED:
        return "connection refused";
    case ERR_UNREACHABLE:
        return "network unreachable";
    case ERR_PROTOCOL:
        return "protocol error";
    case ERR_TLS:
        return "TLS error";
    case ERR_DNS:
        return "name lookup failed";
    case ERR_SCRIPT:
        return "script error";
    case ERR_UNSUPPORTED:
        return "not supported";
    }
    return "unknown error";
}

void check_failed(const char *what, const char *file, int line)
{
    fprintf(stderr, "c6: internal error: %s:%d: check failed: %s\n", file, line, what);
    abort();
}
