/* target_int.h - what the files of `c6 target` share. Inside cli only.
 *
 *   target.c         arguments, workers, signals
 *   target_routes.c  the table of routes and the plain ones
 *   target_echo.c    what the request held: /echo, /cookies
 *   target_login.c   the login journey
 *   target_auth.c    basic, digest, NTLM
 *   target_faults.c  answers that break the protocol
 *   target_h2_faults.c  those of HTTP/2 */
#ifndef C6_TARGET_INT_H
#define C6_TARGET_INT_H

#include "base/json.h"
#include "net/httpd.h"

struct target_routes {
    char *index; /* the text of GET / */
    size_t index_len;
    char *pattern; /* TARGET_PATTERN_LEN bytes that bodies of chosen sizes are cut from */
    struct buf gzip, deflate; /* /json, packed */
    char secret[33];          /* what makes login tokens of this process valid */
};

enum { TARGET_PATTERN_LEN = 64 * 1024 };

/* One request on its way through a route. */
struct target_call {
    struct target_routes *routes;
    struct httpd_conn *conn;
    const struct httpd_request *req;
    struct str rest; /* of the path, behind the route's prefix */
    bool is_head;    /* a HEAD: no body is written */
};

typedef void (*target_fn)(struct target_call *call);

struct target_routes *target_routes_new(void);
void target_routes_free(struct target_routes *t);
/* httpd's handler; opaque is the struct target_routes. */
void target_handle(void *opaque, struct httpd_conn *conn, const struct httpd_request *req);

/* Answers. */
void target_text(struct target_call *call, int status, const char *text);
void target_json(struct target_call *call, int status, struct str extra_headers,
                 struct json *takes);
void target_error(struct target_call *call, int status, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* "a=b&c=d" one by one, decoded into name and value (cleared first). Start with *at = 0. */
bool target_next_arg(struct str query, size_t *at, struct buf *name, struct buf *value);
/* The first argument of that name. */
bool target_get_arg(struct str query, const char *name, struct buf *value);
/* A number from the query, from 0 to max; standard when absent. False: answered with 400. */
bool target_number_arg(struct target_call *call, const char *name, uint64_t standard, uint64_t max,
                       uint64_t *out);
/* call->rest as a number up to max. False: answered with 400. */
bool target_number_rest(struct target_call *call, uint64_t max, uint64_t *out);
/* Fit to stand in a header's value? */
bool target_is_header_text(struct str s);
/* The value of a cookie the request carries. */
bool target_get_cookie(const struct httpd_request *req, const char *name, struct str *value);

void target_echo(struct target_call *call);
void target_cookies(struct target_call *call);
void target_cookies_set(struct target_call *call);
void target_cookies_delete(struct target_call *call);
void target_login(struct target_call *call);
void target_logout(struct target_call *call);
void target_my(struct target_call *call);
void target_auth(struct target_call *call);
void target_fault(struct target_call *call);
void target_h2_badheader(struct target_call *call);
void target_h2_badlength(struct target_call *call);
void target_h2_badpadding(struct target_call *call);
void target_h2_endless_headers(struct target_call *call);
void target_h2_endless_body(struct target_call *call);
void target_h2_rst(struct target_call *call);
void target_h2_rst_body(struct target_call *call);
void target_h2_refused(struct target_call *call);
void target_h2_goaway(struct target_call *call);
void target_h2_goaway_retry(struct target_call *call);
void target_h2_frame_size(struct target_call *call);
void target_h2_push(struct target_call *call);
void target_h2_window(struct target_call *call);
void target_h2_ping_flood(struct target_call *call);
void target_put_fault_names(struct buf *out); /* "reset, truncate, ..." for the list of routes */

#endif
