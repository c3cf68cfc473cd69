/* http_client.h - HTTP requests of one VU: connection pool, cookies, redirects, decoding. Knows no
 * JavaScript and no metrics: each hop's facts are told to a callback, of which the module above
 * makes samples.
 *
 * One client a VU, used on its worker's thread; several fibers may have requests under way at once.
 * What VUs of a worker share (TLS context, session cache, DNS cache) is in struct http_shared; what
 * the whole test shares (options) is in struct http_config. Timings are taken at the system calls.
 * Spec: RFC 9110, 9112; behaviour: k6 docs, "k6/http". */
#ifndef C6_HTTP_CLIENT_H
#define C6_HTTP_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/url.h"
#include "core/worker.h"
#include "net/dial_rules.h"
#include "net/dns.h"
#include "net/net_error.h"
#include "net/proxy.h"
#include "net/tls.h"

/* The whole test's settings; immutable once the run starts. Strings are borrowed. */
struct http_config {
    bool insecure_skip_tls_verify;
    bool no_connection_reuse;    /* a new connection for each request */
    bool no_vu_connection_reuse; /* connections closed after each iteration */
    const char *user_agent;      /* NULL: c6's default; "" sends none */
    int64_t dial_timeout_ns;     /* 0: 30 s, as in k6 */
    size_t max_header_bytes;     /* cap of a response's header section; 0: 10 MiB */
    size_t max_body_bytes;       /* cap of a body kept in memory, after decoding; 0: 1 GiB */
    int64_t dns_ttl_ns;          /* k6: 5 min */
    enum dns_select dns_select;
    enum dns_policy dns_policy;
    const char *dns_servers; /* "1.2.3.4,..." instead of the system's; NULL: those */
    const char *ca_file;     /* NULL: the system's (SSL_CERT_FILE, SSL_CERT_DIR are obeyed) */
    int max_idle_conns;      /* kept open per client; 0: 20, k6's `batch` */
    int max_idle_per_host;   /* 0: 6, k6's `batchPerHost` */
    const struct dial_rules *rules; /* hosts, blockHostnames, blacklistIPs, local addresses; NULL */
    const struct proxy_env *proxies; /* the environment's; NULL: none */
    enum tls_version tls_min, tls_max;
    const char *const *cipher_suites; /* official names; count 0: the library's */
    size_t cipher_suite_count;
    struct tls_identity *const *identities; /* options.tlsAuth */
    size_t identity_count;
    const char *keylog_file; /* SSLKEYLOGFILE; NULL: none */
    bool has_no_http2;       /* HTTP/1.1 only */
};

struct http_shared;
/* One a worker. */
int http_shared_new(struct http_shared **out, struct worker *w, const struct http_config *config,
                    struct err *e);
void http_shared_free(struct http_shared *s);

struct http_client;
/* Cheap: about a hundred bytes until used. Before it is freed its requests must have ended. */
struct http_client *http_client_new(struct http_shared *s);
void http_client_free(struct http_client *c);
/* Which of the local addresses is this client's, counted from 0. */
void http_client_set_local(struct http_client *c, uint64_t index);
/* Between iterations, with noVUConnectionReuse. */
void http_client_close_idle(struct http_client *c);
/* Bytes on the sockets since the last call, all requests together (also those that were canceled):
 * data_sent, data_received. */
void http_client_take_bytes(struct http_client *c, uint64_t *sent, uint64_t *received);

struct http_header {
    struct str name;
    struct str value;
};

struct cookie_jar; /* net/cookie_jar.h */
struct http_hop;
struct http_response;

/* Sees every hop's request and answer as they are: httpDebug. Functions must not park; what they
 * are given is borrowed. */
struct http_watch {
    bool wants_bodies; /* answers are kept and shown with their bodies, as they came */
    /* head: as HTTP/1.1 has it, without the empty line, to the server itself whatever the way.
     * error: it can't be sent, and head is empty; else NULL. */
    void (*on_request)(void *opaque, struct str head, struct str body, const char *error);
    /* The head came, and the body unless error says why not; it is not decoded yet. */
    void (*on_answer)(void *opaque, const struct http_response *r, const char *error);
};

/* Proves who asks, to servers that want more than a password: digest, NTLM. Functions must not
 * park; what they are given is borrowed. */
struct http_prover {
    bool hides_user; /* hops are shown without the user of their URL */
    /* Before a hop is tried (r NULL), and again after each answer 401 to it. said: the
     * Authorization that goes out, or went. True: *authorization is to go out (empty: none),
     * borrowed until the next call; false: said it is, and the 401 is the hop's answer. */
    bool (*prove)(void *opaque, const struct http_hop *hop, struct str said,
                  const struct http_response *r, struct str *authorization);
};

struct http_request {
    struct str method; /* as written on the wire */
    const struct url *url;
    /* In the order to send. Host and User-Agent among them override the defaults; what frames the
     * body (Content-Length, Transfer-Encoding, Trailer) is ignored, as in k6. Names go out in their
     * canonical spelling. */
    const struct http_header *headers;
    size_t header_count;
    struct str body; /* borrowed until the call returns */
    bool has_body;
    int max_redirects;                 /* <0: follow none and say nothing; 0: none */
    int64_t deadline_ns;               /* monotonic; of the whole exchange, redirects included */
    bool discard_body;                 /* read but never kept */
    struct cookie_jar *jar;            /* may be NULL */
    const struct http_header *cookies; /* params.cookies: name=value for this request */
    const bool *cookie_replaces;       /* replace: true, by cookie */
    size_t cookie_count;
    /* A proxy's URL, "" for none; p NULL: as the environment says. */
    struct str proxy;
    /* PEM texts of a certificate for this request alone; cert.p NULL: options.tlsAuth. */
    struct str tls_cert, tls_key, tls_password;
    bool has_prior_h2; /* HTTP/2 without asking, also to http:// */
    /* Called after each hop (also failed ones), before the next begins; must not park. hop is
     * borrowed. */
    void (*on_hop)(void *opaque, const struct http_hop *hop);
    const struct http_watch *watch;   /* borrowed, or NULL */
    const struct http_prover *prover; /* the same */
    void *opaque;                     /* of on_hop, watch and prover */
};

struct http_timings { /* nanoseconds */
    int64_t blocked, looking_up, connecting, tls_handshaking, sending, waiting, receiving;
    int64_t duration; /* sending + waiting + receiving */
};

/* One request and its answer. Strings live in the response's arena. */
struct http_hop {
    struct http_timings t;
    int64_t end_mono_ns;
    uint64_t bytes_sent, bytes_received; /* on the socket, TLS and headers included */
    int status;                          /* 0: none came, or it failed */
    struct str method;
    const struct url *url;
    struct str proto;            /* "HTTP/1.1" */
    const char *tls_version;     /* "tls1.3" or NULL */
    const char *tls_cipher;      /* "TLS_AES_128_GCM_SHA256" or NULL */
    const struct tls_ocsp *ocsp; /* what the server stapled; NULL: nothing */
    char remote_ip[46];
    uint16_t remote_port;
    struct net_error error; /* 1400.. for 4xx/5xx is the module's affair */
    bool is_chunked;        /* HTTP/1.1: the body came in chunks */
    bool says_close;        /* HTTP/1: the server ends the connection behind this answer */
    /* Kept for q.watch alone: the field that names the trailers of a chunked body, and the trailers
     * as lines. */
    struct str trailer_names, trailers;
    bool conn_reused;
};

struct http_response {
    struct arena *arena; /* owns everything below; from http_response_init */
    int status;
    struct str status_text; /* "404 Not Found" */
    /* Of the last hop, names as the server wrote them; without Transfer-Encoding and its kin. */
    struct http_header *headers;
    size_t header_count;
    bool has_set_cookie; /* one of the headers is Set-Cookie */
    /* Decoded, a NUL behind it; apart from the arena so that it may be handed over. NULL exactly
     * where a script reads null: discarded, 204, 304, failed before the body. After a fault in the
     * body: what had come, "" at least. */
    char *body;
    size_t body_len;
    struct url *url; /* of the last hop if a redirect was followed; else NULL. See last.url */
    struct http_hop last;
    int redirects;           /* followed */
    bool too_many_redirects; /* the limit was met: this is the 3xx answer */
};

void http_response_init(struct http_response *r);
void http_response_deinit(struct http_response *r);
void http_response_reset(struct http_response *r);      /* cheaper than deinit and init */
char *http_response_take_body(struct http_response *r); /* the caller's to mem_free */
/* The words of logs and exceptions for a failed request: `Get "http://host/": dial tcp ...:
 * connection refused`. */
void http_response_put_failure(struct buf *out, const struct http_request *q,
                               const struct http_response *r);

/* Sends, follows redirects, reads all. Parks. 0, or ERR_* with r->last.error filled (the hops were
 * told). A canceled fiber gives ERR_CANCELED. */
int http_client_do(struct http_client *c, const struct http_request *q,
                   struct http_response *fills);

#endif
