/* tls.c - TLS client sessions over struct sock, with OpenSSL.
 *
 * OpenSSL reads and writes through a BIO of ours that makes the system calls, counts bytes and
 * knows when the kernel has nothing more (sock.is_drained), so that a record costs no read that
 * fails. Buffers are released between records: an idle connection holds the session only.
 * Read-ahead takes header and body of a record in one call. Tests: tls_test.c */
#include "net/tls.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/map.h"
#include "base/mem.h"
#include "net/address.h"
#include "net/sock.h"
#include "net/tls_error.h"

enum {
    SESSIONS_MAX = 1024,
    BIO_TYPE_SOCK =
        100 |
        BIO_TYPE_SOURCE_SINK, /* any number will do, and the library would give out only so many */
};

struct tls_context {
    SSL_CTX *ssl_ctx;
    BIO_METHOD *bio_method;
    struct map *sessions; /* "host:port" -> SSL_SESSION, the latest */
    struct tls_options options;
};

struct tls_session {
    SSL *ssl;
    struct tls_context *context;
    char *session_key;  /* NULL: not kept */
    X509 *refused_cert; /* the server's, when it didn't pass */
    bool saw_eof;
    bool saw_http; /* the first bytes of the peer were "HTTP/" */
    bool saw_any;
};

/* ---- the BIO */

static int bio_read(BIO *b, char *data, int len)
{
    struct sock *s = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    if (s->is_drained) {
        BIO_set_retry_read(b);
        return -1;
    }
    ssize_t n;
    do
        n = sock_recv(s, data, (size_t)len);
    while (n < 0 && errno == EINTR);
    struct tls_session *t = s->tls;
    if (n > 0) {
        s->bytes_received += (uint64_t)n;
        s->is_drained = n < len;
        if (!t->saw_any)
            t->saw_http = n >= 5 && memcmp(data, "HTTP/", 5) == 0;
        t->saw_any = true;
        return (int)n;
    }
    if (n == 0) {
        t->saw_eof = true;
    } else if (errno == EAGAIN) {
        s->is_drained = true;
        BIO_set_retry_read(b);
    } else {
        s->error_errno = errno;
    }
    return n == 0 ? 0 : -1;
}

static int bio_write(BIO *b, const char *data, int len)
{
    struct sock *s = BIO_get_data(b);
    BIO_clear_retry_flags(b);
    ssize_t n;
    do
        n = send(s->io.fd, data, (size_t)len, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n >= 0)
        s->bytes_sent += (uint64_t)n;
    else if (errno == EAGAIN)
        BIO_set_retry_write(b);
    else
        s->error_errno = errno;
    return (int)n;
}

static long bio_ctrl(BIO *b, int cmd, long num, void *p)
{
    (void)num;
    (void)p;
    struct sock *s = BIO_get_data(b);
    switch (cmd) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_EOF:
        return s != NULL && s->tls != NULL && s->tls->saw_eof;
    default:
        return 0;
    }
}

static int bio_create(BIO *b)
{
    BIO_set_init(b, 1);
    return 1;
}

static BIO_METHOD *bio_method_new(void)
{
    BIO_METHOD *m = BIO_meth_new(BIO_TYPE_SOCK, "c6 sock");
    if (m == NULL)
        return NULL;
    BIO_meth_set_read(m, bio_read);
    BIO_meth_set_write(m, bio_write);
    BIO_meth_set_ctrl(m, bio_ctrl);
    BIO_meth_set_create(m, bio_create);
    return m;
}

/* ---- the context */

static void free_session_value(void *value)
{
    SSL_SESSION_free(value);
}

/* A bounded cache: when it is full it starts anew, which costs full handshakes only. */
static int keep_session(SSL *ssl, SSL_SESSION *session)
{
    struct sock *s = SSL_get_app_data(ssl);
    if (s == NULL || s->tls == NULL || s->tls->session_key == NULL)
        return 0;
    struct tls_context *c = s->tls->context;
    struct str key = str_of(s->tls->session_key);
    if (map_len(c->sessions) >= SESSIONS_MAX && !map_has(c->sessions, key)) {
        map_free(c->sessions, free_session_value);
        c->sessions = map_new();
    }
    SSL_SESSION_free(map_put(c->sessions, key, session));
    return 1; /* the reference is ours now */
}

/* A handshake that fails here leaves no certificate behind to say what was wrong with: it is kept.
 */
static int note_verify_failure(int ok, X509_STORE_CTX *store)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct sock *s = SSL_get_app_data(ssl);
    X509 *cert = X509_STORE_CTX_get0_cert(store);
    if (!ok && s->tls->refused_cert == NULL && X509_up_ref(cert) == 1)
        s->tls->refused_cert = cert;
    return ok;
}

/* OpenSSL's own paths are Debian's; a copy of the binary on another system finds its certificates
 * here. */
static void load_fallback_cas(SSL_CTX *ctx)
{
    static const char *const files[] = {
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
    };
    if (access(X509_get_default_cert_dir(), R_OK) == 0 ||
        access(X509_get_default_cert_file(), R_OK) == 0)
        return;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (SSL_CTX_load_verify_file(ctx, files[i]) == 1)
            return;
}

static int load_cas(SSL_CTX *ctx, const struct tls_options *o, struct err *e)
{
    if (o->insecure_skip_verify)
        return 0;
    if (o->ca_file != NULL) {
        if (SSL_CTX_load_verify_file(ctx, o->ca_file) == 1)
            return 0;
        return err_set(e, ERR_TLS, "the CA file %s can't be read or holds no certificate",
                       o->ca_file);
    }
    SSL_CTX_set_default_verify_paths(ctx);
    load_fallback_cas(ctx);
    return 0;
}

int tls_context_new(struct tls_context **out, const struct tls_options *o, struct err *e)
{
    struct tls_context *c = MEM_NEW(struct tls_context);
    int rc = ERR_TLS;
    c->options = *o;
    c->sessions = map_new();
    c->bio_method = bio_method_new();
    c->ssl_ctx = SSL_CTX_new(TLS_client_method());
    if (c->ssl_ctx == NULL || c->bio_method == NULL) {
        err_set(e, rc, "the TLS library can't be set up: %s", tls_error_library_text());
        goto done;
    }
    SSL_CTX_set_min_proto_version(c->ssl_ctx, TLS1_2_VERSION);
    /* The servers under test may have keys that OpenSSL's policy finds too small; the reference
     * connects to them. */
    SSL_CTX_set_security_level(c->ssl_ctx, 0);
    SSL_CTX_set_mode(c->ssl_ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                     SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(c->ssl_ctx, SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_read_ahead(c->ssl_ctx, 1);
    SSL_CTX_set_verify(c->ssl_ctx, o->insecure_skip_verify ? SSL_VERIFY_NONE : SSL_VERIFY_PEER,
                       note_verify_failure);
    if (o->resumes_sessions) {
        SSL_CTX_set_session_cache_mode(c->ssl_ctx,
                                       SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(c->ssl_ctx, keep_session);
    } else {
        SSL_CTX_set_session_cache_mode(c->ssl_ctx, SSL_SESS_CACHE_OFF);
    }
    rc = load_cas(c->ssl_ctx, o, e);
    if (rc < 0)
        goto done;
    *out = c;
    c = NULL;
done:
    ERR_clear_error();
    tls_context_free(c);
    return rc;
}

void tls_context_free(struct tls_context *c)
{
    if (c == NULL)
        return;
    map_free(c->sessions, free_session_value);
    SSL_CTX_free(c->ssl_ctx);
    BIO_meth_free(c->bio_method);
    mem_free(c);
}

/* ---- a session */

static void session_free(struct tls_session *t)
{
    if (t == NULL)
        return;
    SSL_free(t->ssl);
    X509_free(t->refused_cert);
    mem_free(t->session_key);
    mem_free(t);
}

/* SNI is for names; addresses are checked as such, and never sent. */
static int set_host(SSL *ssl, struct str host, bool verifies)
{
    struct address ip;
    char name[256];
    if (host.len == 0 || host.len >= sizeof name)
        return ERR_INVALID;
    memcpy(name, host.p, host.len);
    name[host.len] = '\0';
    if (name[host.len - 1] == '.') /* the name without its last dot is what certificates hold */
        name[host.len - 1] = '\0';
    if (address_parse_ip(host, &ip) == 0) {
        char text[ADDRESS_IP_MAX];
        ip.sa.v6.sin6_scope_id = address_is_v6(&ip) ? 0 : ip.sa.v6.sin6_scope_id;
        address_print_ip(&ip, text, sizeof text);
        return !verifies || X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), text) == 1
                   ? 0
                   : ERR_INVALID;
    }
    if (SSL_set_tlsext_host_name(ssl, name) != 1)
        return ERR_INVALID;
    if (!verifies)
        return 0;
    SSL_set_hostflags(ssl,
                      X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    return SSL_set1_host(ssl, name) == 1 ? 0 : ERR_INVALID;
}

static int session_new(struct tls_session **out, struct sock *s, struct tls_context *c,
                       const struct tls_peer *peer)
{
    static const unsigned char alpn[] = "\x08http/1.1";
    struct tls_session *t = MEM_NEW(struct tls_session);
    int rc = ERR_TLS;
    t->context = c;
    t->ssl = SSL_new(c->ssl_ctx);
    BIO *bio = t->ssl != NULL ? BIO_new(c->bio_method) : NULL;
    if (bio == NULL)
        goto done;
    BIO_set_data(bio, s);
    SSL_set_bio(t->ssl, bio, bio); /* takes it, once */
    SSL_set_app_data(t->ssl, s);
    if (SSL_set_alpn_protos(t->ssl, alpn, sizeof alpn - 1) != 0) /* 0 is success here */
        goto done;
    rc = set_host(t->ssl, peer->host, !c->options.insecure_skip_verify);
    if (rc < 0)
        goto done;
    if (c->options.resumes_sessions) {
        t->session_key =
            mem_printf("%.*s:%u", (int)peer->host.len, peer->host.p, (unsigned)peer->port);
        SSL_SESSION *session = peer->may_resume ? map_gets(c->sessions, t->session_key) : NULL;
        if (session != NULL)
            SSL_set_session(t->ssl, session);
    }
    SSL_set_connect_state(t->ssl);
    *out = t;
    t = NULL;
done:
    session_free(t);
    return rc;
}

/* The meaning of a result that is no success. ERR_CLOSED: the end of the stream. */
static int result_of(struct sock *s, int ret)
{
    struct tls_session *t = s->tls;
    switch (SSL_get_error(t->ssl, ret)) {
    case SSL_ERROR_WANT_READ:
        return TLS_WANT_READ;
    case SSL_ERROR_WANT_WRITE:
        return TLS_WANT_WRITE;
    case SSL_ERROR_ZERO_RETURN:
        return ERR_CLOSED;
    default:
        if (s->error_errno != 0)
            return ERR_SYSTEM;
        /* The peer hung up without saying goodbye; protocols above know by their own lengths
         * whether it was too early. */
        return t->saw_eof && tls_error_is_eof() ? ERR_CLOSED : ERR_TLS;
    }
}

int tls_connect(struct sock *s, struct tls_context *c, const struct tls_peer *peer,
                int64_t deadline_ns, struct net_error *e)
{
    ERR_clear_error();
    s->error_errno = 0;
    int rc = session_new(&s->tls, s, c, peer);
    if (rc < 0)
        return net_error_set(e, rc, NET_DEFAULT,
                             "tls: the session can't be set up for host \"%.*s\"",
                             (int)peer->host.len, peer->host.p);
    for (;;) {
        ERR_clear_error();
        int ret = SSL_do_handshake(s->tls->ssl);
        if (ret == 1)
            return 0;
        rc = result_of(s, ret);
        if (rc != TLS_WANT_READ && rc != TLS_WANT_WRITE)
            break;
        rc = sock_wait_tls(s, rc, deadline_ns, e);
        if (rc < 0)
            return rc;
    }
    if (rc == ERR_SYSTEM)
        return sock_fail_tls(s, NET_STAGE_RECEIVE, e);
    if (rc == ERR_CLOSED)
        return net_error_from_rc(e, rc);
    return tls_error_fill(e, s->tls->ssl, s->tls->refused_cert, peer->host, s->tls->saw_http);
}

ptrdiff_t tls_try_read(struct sock *s, void *data, size_t len, struct net_error *e)
{
    size_t got = 0;
    ERR_clear_error();
    s->error_errno = 0;
    int ret = SSL_read_ex(s->tls->ssl, data, len, &got);
    if (ret == 1)
        return (ptrdiff_t)got;
    int rc = result_of(s, ret);
    if (rc == ERR_CLOSED)
        return 0;
    if (rc == ERR_TLS)
        return tls_error_fill(e, s->tls->ssl, NULL, (struct str){"", 0}, false);
    return rc;
}

ptrdiff_t tls_try_write(struct sock *s, const void *data, size_t len, struct net_error *e)
{
    size_t put = 0;
    ERR_clear_error();
    s->error_errno = 0;
    int ret = SSL_write_ex(s->tls->ssl, data, len, &put);
    if (ret == 1)
        return (ptrdiff_t)put;
    int rc = result_of(s, ret);
    if (rc == ERR_CLOSED)
        return net_error_from_rc(e, rc);
    if (rc == ERR_TLS)
        return tls_error_fill(e, s->tls->ssl, NULL, (struct str){"", 0}, false);
    return rc;
}

bool tls_peek(struct sock *s)
{
    char byte;
    size_t got = 0;
    ERR_clear_error();
    s->error_errno = 0;
    int ret = SSL_peek_ex(s->tls->ssl, &byte, 1, &got);
    return ret == 1 || result_of(s, ret) != TLS_WANT_READ;
}

bool tls_has_pending(const struct sock *s)
{
    return SSL_has_pending(s->tls->ssl) == 1;
}

void tls_session_close(struct sock *s, bool says_goodbye)
{
    ERR_clear_error();
    if (says_goodbye && SSL_is_init_finished(s->tls->ssl))
        SSL_shutdown(s->tls->ssl); /* one attempt: what the kernel doesn't take now is not sent */
    else
        SSL_set_quiet_shutdown(s->tls->ssl, 1);
    session_free(s->tls);
    s->tls = NULL;
    ERR_clear_error();
}

const char *tls_version_name(const struct sock *s)
{
    switch (SSL_version(s->tls->ssl)) {
    case TLS1_VERSION:
        return "tls1.0";
    case TLS1_1_VERSION:
        return "tls1.1";
    case TLS1_2_VERSION:
        return "tls1.2";
    case TLS1_3_VERSION:
        return "tls1.3";
    default:
        return "";
    }
}

const char *tls_cipher_name(const struct sock *s)
{
    const SSL_CIPHER *cipher = SSL_get_current_cipher(s->tls->ssl);
    const char *name = cipher != NULL ? SSL_CIPHER_standard_name(cipher) : NULL;
    if (name == NULL)
        return "";
    /* k6 calls these two by the names of Go's constants, which lack the hash. */
    if (strcmp(name, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256") == 0)
        return "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305";
    if (strcmp(name, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256") == 0)
        return "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305";
    return name;
}
