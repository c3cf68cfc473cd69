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

#include "base/mem.h"
#include "net/address.h"
#include "net/sock.h"
#include "net/tls_error.h"
#include "net/tls_identity.h"
#include "net/tls_int.h"

enum {
    BIO_TYPE_SOCK =
        100 |
        BIO_TYPE_SOURCE_SINK, /* any number will do, and the library would give out only so many */
};

/* ---- the BIO */

/* What an attempt on the session below means to the one above: bytes, 0 at the end, or -1 with the
 * BIO's retry flags set as needed. */
static int under_result(BIO *b, struct tls_session *t, int ret, size_t count)
{
    if (ret == 1)
        return (int)count;
    switch (SSL_get_error(t->under->ssl, ret)) {
    case SSL_ERROR_WANT_READ:
        BIO_set_retry_read(b);
        return -1;
    case SSL_ERROR_WANT_WRITE:
        BIO_set_retry_write(b);
        return -1;
    case SSL_ERROR_ZERO_RETURN:
        t->saw_eof = true;
        return 0;
    default:
        t->saw_eof = t->under->saw_eof;
        return -1;
    }
}

static int under_read(BIO *b, struct tls_session *t, char *data, int len)
{
    size_t got = 0;
    int ret = SSL_read_ex(t->under->ssl, data, (size_t)len, &got);
    return under_result(b, t, ret, got);
}

static int bio_read(BIO *b, char *data, int len)
{
    struct tls_session *t = BIO_get_data(b);
    struct sock *s = t->sock;
    BIO_clear_retry_flags(b);
    if (t->under != NULL)
        return under_read(b, t, data, len);
    if (s->is_drained) {
        BIO_set_retry_read(b);
        return -1;
    }
    ssize_t n;
    do
        n = sock_recv(s, data, (size_t)len);
    while (n < 0 && errno == EINTR);
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
    struct tls_session *t = BIO_get_data(b);
    struct sock *s = t->sock;
    BIO_clear_retry_flags(b);
    if (t->under != NULL) {
        size_t put = 0;
        int ret = SSL_write_ex(t->under->ssl, data, (size_t)len, &put);
        return under_result(b, t, ret, put);
    }
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
    const struct tls_session *t = BIO_get_data(b);
    switch (cmd) {
    case BIO_CTRL_FLUSH:
        return 1;
    case BIO_CTRL_EOF:
        return t != NULL && t->saw_eof;
    default:
        return 0;
    }
}

static int bio_create(BIO *b)
{
    BIO_set_init(b, 1);
    return 1;
}

BIO_METHOD *tls_bio_method_new(void)
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

/* The queue must be empty before a call whose result is to be judged. It nearly always is, and to
 * look is cheaper than to empty it. */
static void clear_errors(void)
{
    if (ERR_peek_error() != 0)
        ERR_clear_error();
}

/* ---- a session */

static void session_free(struct tls_session *t)
{
    if (t == NULL)
        return;
    SSL_free(t->ssl);
    X509_free(t->refused_leaf);
    X509_free(t->refused_cert);
    tls_identity_unref(t->identity);
    mem_free(t->session_key);
    mem_free(t->ocsp);
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

/* Sessions of different certificates of ours are different, even with the same server. */
static char *session_key(const struct tls_peer *peer)
{
    return mem_printf("%.*s:%u %s", (int)peer->host.len, peer->host.p, (unsigned)peer->port,
                      peer->identity != NULL ? tls_identity_name(peer->identity) : "");
}

static void offer_session(struct tls_session *t, const struct tls_peer *peer)
{
    if (!t->context->options.resumes_sessions)
        return;
    t->session_key = session_key(peer);
    const struct tls_kept *kept =
        peer->may_resume ? tls_context_find(t->context, t->session_key) : NULL;
    if (kept == NULL)
        return;
    SSL_set_session(t->ssl, kept->session);
    if (kept->ocsp != NULL)
        t->ocsp = mem_dup(kept->ocsp, sizeof *kept->ocsp);
}

static int set_alpn(SSL *ssl, enum tls_alpn alpn)
{
    static const unsigned char names[] = "\x02h2\x08http/1.1";
    enum { HTTP2_LEN = 3, HTTP1_LEN = 9 };
    int rc = 1;
    switch (alpn) {
    case TLS_ALPN_HTTP1:
        rc = SSL_set_alpn_protos(ssl, names + HTTP2_LEN, HTTP1_LEN);
        break;
    case TLS_ALPN_BOTH:
        rc = SSL_set_alpn_protos(ssl, names, HTTP2_LEN + HTTP1_LEN);
        break;
    case TLS_ALPN_HTTP2:
        rc = SSL_set_alpn_protos(ssl, names, HTTP2_LEN);
        break;
    case TLS_ALPN_NONE:
        rc = 0;
        break;
    }
    return rc == 0 ? 0 : ERR_TLS; /* 0 is success here */
}

static int session_new(struct tls_session **out, struct sock *s, struct tls_context *c,
                       const struct tls_peer *peer)
{
    struct tls_session *t = MEM_NEW(struct tls_session);
    int rc = ERR_TLS;
    t->context = c;
    t->sock = s;
    t->under = s->tls;
    if (peer->identity != NULL)
        t->identity = tls_identity_ref(peer->identity);
    t->ssl = SSL_new(c->ssl_ctx);
    BIO *bio = t->ssl != NULL ? BIO_new(c->bio_method) : NULL;
    if (bio == NULL)
        goto done;
    BIO_set_data(bio, t);
    SSL_set_bio(t->ssl, bio, bio); /* takes it, once */
    SSL_set_app_data(t->ssl, t);
    if (set_alpn(t->ssl, peer->alpn) < 0)
        goto done;
    rc = set_host(t->ssl, peer->host, !c->options.insecure_skip_verify);
    if (rc < 0)
        goto done;
    offer_session(t, peer);
    SSL_set_connect_state(t->ssl);
    *out = t;
    t = NULL;
done:
    session_free(t);
    return rc;
}

void tls_note_ocsp(struct tls_session *t)
{
    const unsigned char *data = NULL;
    if (t->has_noted_ocsp)
        return;
    t->has_noted_ocsp = true;
    long len = SSL_get_tlsext_status_ocsp_resp(t->ssl, &data);
    if (len > 0) {
        mem_free(t->ocsp);
        t->ocsp = tls_ocsp_new(data, (size_t)len);
    } else if (SSL_session_reused(t->ssl) != 1) {
        mem_free(t->ocsp);
        t->ocsp = NULL;
    }
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
        /* A peer that hung up is sent an alert, and that may fail: the end came first. */
        if (s->error_errno != 0 && !(t->saw_eof && tls_error_says_eof()))
            return ERR_SYSTEM;
        /* The peer hung up without saying goodbye; protocols above know by their own lengths
         * whether it was too early. */
        return t->saw_eof && tls_error_is_eof() ? ERR_CLOSED : ERR_TLS;
    }
}

int tls_connect(struct sock *s, struct tls_context *c, const struct tls_peer *peer,
                int64_t deadline_ns, struct net_error *e)
{
    clear_errors();
    s->error_errno = 0;
    int rc = session_new(&s->tls, s, c, peer);
    if (rc < 0)
        return net_error_set(e, rc, NET_DEFAULT,
                             "tls: the session can't be set up for host \"%.*s\"",
                             (int)peer->host.len, peer->host.p);
    for (;;) {
        clear_errors();
        int ret = SSL_do_handshake(s->tls->ssl);
        if (ret == 1) {
            tls_note_ocsp(s->tls);
            return 0;
        }
        rc = result_of(s, ret);
        if (rc != TLS_WANT_READ && rc != TLS_WANT_WRITE)
            break;
        rc = sock_wait_tls(s, rc, deadline_ns, e);
        if (rc < 0)
            return rc;
    }
    if (rc == ERR_SYSTEM) /* only a write fails with EPIPE */
        return sock_fail_tls(s, s->error_errno == EPIPE ? NET_STAGE_SEND : NET_STAGE_RECEIVE, e);
    if (rc == ERR_CLOSED && SSL_has_pending(s->tls->ssl)) /* inside a record */
        return net_error_set(e, rc, NET_DEFAULT, "unexpected EOF");
    if (rc == ERR_CLOSED)
        return net_error_from_rc(e, rc);
    struct tls_refusal refusal = {
        .host = peer->host,
        .leaf = s->tls->refused_leaf,
        .culprit = s->tls->refused_cert,
        .spoke_http = s->tls->saw_http,
    };
    return tls_error_fill(e, s->tls->ssl, &refusal);
}

ptrdiff_t tls_try_read(struct sock *s, void *data, size_t len, struct net_error *e)
{
    size_t got = 0;
    clear_errors();
    s->error_errno = 0;
    int ret = SSL_read_ex(s->tls->ssl, data, len, &got);
    if (ret == 1)
        return (ptrdiff_t)got;
    int rc = result_of(s, ret);
    if (rc == ERR_CLOSED)
        return 0;
    if (rc == ERR_TLS)
        return tls_error_fill(e, s->tls->ssl, NULL);
    return rc;
}

ptrdiff_t tls_try_write(struct sock *s, const void *data, size_t len, struct net_error *e)
{
    size_t put = 0;
    clear_errors();
    s->error_errno = 0;
    int ret = SSL_write_ex(s->tls->ssl, data, len, &put);
    if (ret == 1)
        return (ptrdiff_t)put;
    int rc = result_of(s, ret);
    if (rc == ERR_CLOSED)
        return net_error_from_rc(e, rc);
    if (rc == ERR_TLS)
        return tls_error_fill(e, s->tls->ssl, NULL);
    return rc;
}

bool tls_peek(struct sock *s)
{
    char byte;
    size_t got = 0;
    clear_errors();
    s->error_errno = 0;
    int ret = SSL_peek_ex(s->tls->ssl, &byte, 1, &got);
    return ret == 1 || result_of(s, ret) != TLS_WANT_READ;
}

bool tls_has_pending(const struct sock *s)
{
    for (const struct tls_session *t = s->tls; t != NULL; t = t->under)
        if (SSL_has_pending(t->ssl) == 1)
            return true;
    return false;
}

void tls_session_close(struct sock *s, bool says_goodbye)
{
    clear_errors();
    for (struct tls_session *t = s->tls; t != NULL; t = s->tls) {
        if (says_goodbye && SSL_is_init_finished(t->ssl))
            SSL_shutdown(t->ssl); /* one attempt: what the kernel doesn't take now is not sent */
        else
            SSL_set_quiet_shutdown(t->ssl, 1);
        s->tls = t->under;
        session_free(t);
    }
    clear_errors();
}

bool tls_is_h2(const struct sock *s)
{
    const unsigned char *name = NULL;
    unsigned len = 0;
    SSL_get0_alpn_selected(s->tls->ssl, &name, &len);
    return len == 2 && memcmp(name, "h2", 2) == 0;
}

const struct tls_ocsp *tls_get_ocsp(const struct sock *s)
{
    return s->tls->ocsp;
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
