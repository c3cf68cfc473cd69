/* httpd_tls.c - the server side of TLS for httpd.
 * Knows no HTTP but the ALPN name. Used by httpd.c and httpd_conn.c, on the connection's fiber.
 * Tests: httpd_test.c (tls_...) */
#include "net/httpd_tls.h"

#include <errno.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "core/clock.h"

enum { CERT_DAYS = 825 };

struct httpd_tls {
    SSL_CTX *ctx;
    bool has_http2;
};

struct httpd_tls_sess {
    SSL *ssl;
    struct io *io;
};

/* The library's own words for what went wrong last; empties its queue. */
static int tls_fail(struct err *e, int rc, const char *what)
{
    unsigned long code = ERR_get_error();
    const char *why = code == 0                ? NULL
                      : ERR_SYSTEM_ERROR(code) ? strerror(ERR_GET_REASON(code))
                                               : ERR_reason_error_string(code);
    ERR_clear_error();
    err_set(e, rc, "%s: %s", what, why == NULL ? "unknown error" : why);
    err_set_exit(e, EXIT_GENERIC);
    return rc;
}

static bool is_ip_text(const char *host)
{
    return strchr(host, ':') != NULL || host[strspn(host, "0123456789.")] == '\0';
}

static int add_extension(X509 *cert, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx_nodb(&ctx);
    X509V3_set_ctx(&ctx, cert, cert, NULL, NULL, 0);
    X509_EXTENSION *ext = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    if (ext == NULL)
        return ERR_TLS;
    int ok = X509_add_ext(cert, ext, -1);
    X509_EXTENSION_free(ext);
    return ok == 1 ? 0 : ERR_TLS;
}

static int fill_cert(X509 *cert, EVP_PKEY *key, const char *host)
{
    struct buf names;
    buf_init(&names, 4096);
    buf_adds(&names, "DNS:localhost,IP:127.0.0.1,IP:::1");
    /* An address with a zone or a wildcard is no name a certificate could carry. */
    if (host != NULL && host[0] != '\0' && strpbrk(host, "%,*") == NULL)
        buf_addf(&names, ",%s:%s", is_ip_text(host) ? "IP" : "DNS", host);
    X509_NAME *name = X509_get_subject_name(cert);
    int ok = X509_set_version(cert, 2) &&
             ASN1_INTEGER_set_uint64(X509_get_serialNumber(cert), (uint64_t)clock_wall_ns()) &&
             X509_gmtime_adj(X509_getm_notBefore(cert), -3600) != NULL &&
             X509_gmtime_adj(X509_getm_notAfter(cert), (long)CERT_DAYS * 86400) != NULL &&
             X509_set_pubkey(cert, key) &&
             X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                        (const unsigned char *)"localhost", -1, -1, 0) &&
             X509_set_issuer_name(cert, name) &&
             add_extension(cert, NID_basic_constraints, "critical,CA:FALSE") == 0 &&
             add_extension(cert, NID_subject_alt_name, names.data) == 0 &&
             X509_sign(cert, key, EVP_sha256()) > 0;
    buf_deinit(&names);
    return ok ? 0 : ERR_TLS;
}

static int use_self_signed(SSL_CTX *ctx, const char *host, struct err *e)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    int rc = ERR_TLS;
    if (key != NULL && cert != NULL)
        rc = fill_cert(cert, key, host);
    if (rc == 0 &&
        (SSL_CTX_use_certificate(ctx, cert) != 1 || SSL_CTX_use_PrivateKey(ctx, key) != 1))
        rc = ERR_TLS;
    if (rc < 0)
        tls_fail(e, rc, "cannot make a self-signed certificate");
    X509_free(cert);
    EVP_PKEY_free(key);
    return rc;
}

static int use_files(SSL_CTX *ctx, const char *cert_file, const char *key_file, struct err *e)
{
    struct buf what;
    buf_init(&what, 8192);
    int rc = 0;
    if (SSL_CTX_use_certificate_chain_file(ctx, cert_file) != 1) {
        buf_addf(&what, "cannot use the certificate %s", cert_file);
        rc = tls_fail(e, ERR_TLS, what.data);
    } else if (SSL_CTX_use_PrivateKey_file(ctx, key_file == NULL ? cert_file : key_file,
                                           SSL_FILETYPE_PEM) != 1) {
        buf_addf(&what, "cannot use the key %s", key_file == NULL ? cert_file : key_file);
        rc = tls_fail(e, ERR_TLS, what.data);
    } else if (SSL_CTX_check_private_key(ctx) != 1) {
        rc = tls_fail(e, ERR_TLS, "the key does not belong to the certificate");
    }
    buf_deinit(&what);
    return rc;
}

static int pick_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_len,
                     const unsigned char *in, unsigned in_len, void *arg)
{
    static const unsigned char names[] = "\x02h2\x08http/1.1";
    const struct httpd_tls *t = arg;
    const unsigned char *ours = t->has_http2 ? names : names + 3;
    unsigned ours_len = t->has_http2 ? sizeof names - 1 : sizeof names - 1 - 3;
    unsigned char *pick = NULL;
    if (SSL_select_next_proto(&pick, out_len, ours, ours_len, in, in_len) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK; /* a client that wants h2 alone finds out when it speaks */
    *out = pick;
    return SSL_TLSEXT_ERR_OK;
}

int httpd_tls_new(struct httpd_tls **out, const char *cert_file, const char *key_file,
                  const char *host, bool has_http2, struct err *e)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
    if (ctx == NULL)
        return tls_fail(e, ERR_TLS, "cannot set up TLS");
    SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    /* Tickets resume sessions without a table shared, and locked, by the workers. */
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(ctx, 1);
    SSL_CTX_set_read_ahead(ctx, 1);
    int rc =
        cert_file == NULL ? use_self_signed(ctx, host, e) : use_files(ctx, cert_file, key_file, e);
    if (rc < 0) {
        SSL_CTX_free(ctx);
        return rc;
    }
    struct httpd_tls *t = MEM_NEW(struct httpd_tls);
    t->ctx = ctx;
    t->has_http2 = has_http2;
    SSL_CTX_set_alpn_select_cb(ctx, pick_alpn, t);
    *out = t;
    return 0;
}

void httpd_tls_free(struct httpd_tls *t)
{
    if (t == NULL)
        return;
    SSL_CTX_free(t->ctx);
    mem_free(t);
}

/* After a call of the library that did not succeed: parks until the socket is ready (0: call it
 * again), or gives the error. */
static int wait_for(struct httpd_tls_sess *s, int ret, int saved_errno, int64_t deadline_ns)
{
    switch (SSL_get_error(s->ssl, ret)) {
    case SSL_ERROR_WANT_READ:
        return io_wait_read(s->io, deadline_ns);
    case SSL_ERROR_WANT_WRITE:
        return io_wait_write(s->io, deadline_ns);
    case SSL_ERROR_ZERO_RETURN:
        return ERR_CLOSED;
    case SSL_ERROR_SYSCALL:
        ERR_clear_error();
        return saved_errno == 0 ? ERR_CLOSED : err_from_errno(saved_errno);
    default: {
        /* A client that hangs up without close_notify is common and no breach of anything we rely
         * on. */
        unsigned long code = ERR_peek_error();
        ERR_clear_error();
        return ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING ? ERR_CLOSED : ERR_TLS;
    }
    }
}

int httpd_tls_accept(struct httpd_tls_sess **out, struct httpd_tls *t, struct io *io,
                     int64_t deadline_ns)
{
    struct httpd_tls_sess *s = MEM_NEW(struct httpd_tls_sess);
    s->io = io;
    s->ssl = SSL_new(t->ctx);
    int rc = 0;
    if (s->ssl == NULL || SSL_set_fd(s->ssl, io->fd) != 1)
        rc = ERR_TLS;
    while (rc == 0) {
        ERR_clear_error();
        errno = 0;
        int ret = SSL_accept(s->ssl);
        if (ret == 1)
            break;
        rc = wait_for(s, ret, errno, deadline_ns);
    }
    if (rc < 0) {
        httpd_tls_close(s, 0);
        return rc;
    }
    *out = s;
    return 0;
}

bool httpd_tls_is_http2(const struct httpd_tls_sess *s)
{
    const unsigned char *name = NULL;
    unsigned len = 0;
    SSL_get0_alpn_selected(s->ssl, &name, &len);
    return len == 2 && memcmp(name, "h2", 2) == 0;
}

void httpd_tls_close(struct httpd_tls_sess *s, int say_goodbye)
{
    if (s == NULL)
        return;
    if (say_goodbye) {
        ERR_clear_error();
        SSL_shutdown(s->ssl);
    }
    ERR_clear_error();
    SSL_free(s->ssl);
    mem_free(s);
}

int64_t httpd_tls_read(struct httpd_tls_sess *s, void *data, size_t cap, int64_t deadline_ns)
{
    for (;;) {
        size_t n = 0;
        ERR_clear_error();
        errno = 0;
        int ret = SSL_read_ex(s->ssl, data, cap, &n);
        if (ret == 1)
            return (int64_t)n;
        int rc = wait_for(s, ret, errno, deadline_ns);
        if (rc == ERR_CLOSED)
            return 0;
        if (rc < 0)
            return rc;
    }
}

int httpd_tls_write(struct httpd_tls_sess *s, const void *data, size_t len, int64_t deadline_ns)
{
    const char *p = data;
    while (len > 0) {
        size_t n = 0;
        ERR_clear_error();
        errno = 0;
        int ret = SSL_write_ex(s->ssl, p, len, &n);
        if (ret == 1) {
            p += n;
            len -= n;
            continue;
        }
        int rc = wait_for(s, ret, errno, deadline_ns);
        if (rc < 0)
            return rc;
    }
    return 0;
}
