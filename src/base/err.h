/* err.h - error codes of functions, the error text for a user, and the process's exit codes.
 *
 * Functions that can fail return 0 or a count, or one of the negative codes below. Where the cause is
 * known and a user should read it, the text goes into a struct err. */
#ifndef C6_ERR_H
#define C6_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum err_code {
    ERR_SYSTEM = -1,    /* a system call failed for another reason than those below */
    ERR_NOMEM = -2,
    ERR_INVALID = -3,   /* malformed input */
    ERR_TOO_LARGE = -4, /* a size passed its cap */
    ERR_NOT_FOUND = -5,
    ERR_EXISTS = -6,
    ERR_ACCESS = -7,
    ERR_NO_SPACE = -8,  /* disk full */
    ERR_NO_FILES = -9,  /* out of file descriptors */
    ERR_TIMEOUT = -10,
    ERR_CANCELED = -11,
    ERR_CLOSED = -12,   /* the peer closed, or the object was closed */
    ERR_RESET = -13,
    ERR_REFUSED = -14,
    ERR_UNREACHABLE = -15,
    ERR_PROTOCOL = -16, /* the peer broke the protocol */
    ERR_TLS = -17,
    ERR_DNS = -18,
    ERR_SCRIPT = -19,   /* the script threw; the text is in the struct err */
    ERR_UNSUPPORTED = -20,
};

/* Exit codes of the process: k6's, the one table of them. */
enum exit_code {
    EXIT_OK = 0,
    EXIT_THRESHOLDS_FAILED = 99,
    EXIT_SETUP_TIMEOUT = 100,
    EXIT_TEARDOWN_TIMEOUT = 101,
    EXIT_GENERIC_TIMEOUT = 102,
    EXIT_STOPPED_BY_REST = 103,
    EXIT_INVALID_CONFIG = 104,
    EXIT_EXTERNAL_ABORT = 105,
    EXIT_CANNOT_START_API = 106,
    EXIT_SCRIPT_EXCEPTION = 107,
    EXIT_SCRIPT_ABORTED = 108,
    EXIT_MARKED_AS_FAILED = 110,
    EXIT_GENERIC = 255, /* wrong usage and everything without a code of its own */
};

/* What went wrong, for a person. Zero-initialised means "nothing". Owns its strings. */
struct err {
    char *msg;     /* one sentence; may hold a stack on further lines */
    size_t len;    /* of msg: a script's text may hold a NUL */
    char *hint;    /* what to do about it, or NULL */
    int exit_code; /* enum exit_code; 0: not decided, the caller's default applies */
    bool is_stack; /* msg carries a script's stack trace: logged with source=stacktrace */
};

/* Replaces the text. Returns code, so that `return err_set(e, ERR_INVALID, "...")` works. e may be NULL. */
int err_set(struct err *e, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
int err_vset(struct err *e, int code, const char *fmt, va_list ap);
/* Replaces it with text as it is, NULs and all. */
int err_set_text(struct err *e, int code, struct str text);
struct str err_text(const struct err *e); /* lent; empty when there is none */
/* Puts "prefix: " before the text there is. Returns code. */
int err_prefix(struct err *e, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void err_set_hint(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Sets the exit code unless one is set already. */
void err_set_exit(struct err *e, int exit_code);
void err_deinit(struct err *e); /* frees the strings, leaves it empty */

/* The negative code for an errno value; the text for a code ("connection refused"). */
int err_from_errno(int errno_value);
const char *err_code_text(int code);

/* States what must be true, in release builds too; ends the process with file, line and text. */
#define CHECK(x) ((x) ? (void)0 : check_failed(#x, __FILE__, __LINE__))
void check_failed(const char *what, const char *file, int line) __attribute__((noreturn));

#endif
