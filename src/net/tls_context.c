/* tls_context.c - what all TLS connections of a worker share: settings, authorities, certificates
 * of ours, sessions to resume. Tests: tls_test.c, tls_options_test.c */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <openssl/err.h>

#include "base/buf.h"
#include "base/mem.h"
#include "net/tls_error.h"
#include "net/tls_identity.h"
#include "net/tls_int.h"

enum { SESSIONS_MAX = 1024 };

/* ---- sessions */

static void free_kept(void *value)
{
    struct tls_kept *k = value;
    if (k == NULL)
        return;
    SSL_SESSION_free(k->session);
    mem_free(k->ocsp);
    mem_free(k);
}

/* A bounded cache: when it is full it starts anew, which costs full handshakes only. */
static int keep_session(SSL *ssl, SSL_SESSION *session)
{
    struct tls_session *t = SSL_get_app_data(ssl);
    if (t == NULL || t->session_key == NULL)
        return 0;
    struct tls_context *c = t->context;
    struct str key = str_of(t->session_key);
    if (map_len(c->sessions) >= SESSIONS_MAX && !map_has(c->sessions, key)) {
        map_free(c->sessions, free_kept);
        c->sessions = map_new();
    }
    tls_note_ocsp(t); /* up to TLS 1.2 this is called before the handshake is over */
    struct tls_kept *k = MEM_NEW(struct tls_kept);
    k->session = session;
    if (t->ocsp != NULL)
        k->ocsp = mem_dup(t->ocsp, sizeof *t->ocsp);
    free_kept(map_put(c->sessions, key, k));
    return 1; /* the reference is ours now */
}

const struct tls_kept *tls_context_find(const struct tls_context *c, const char *key)
{
    return map_gets(c->sessions, key);
}

/* ---- certificates, theirs and ours */

/* A handshake that fails here leaves no certificate behind to say what was wrong with: it is kept.
 */
static int note_verify_failure(int ok, X509_STORE_CTX *store)
{
    SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
    struct tls_session *t = SSL_get_app_data(ssl);
    X509 *leaf = X509_STORE_CTX_get0_cert(store);
    X509 *culprit = X509_STORE_CTX_get_current_cert(store);
    if (ok || t->refused_leaf != NULL)
        return ok;
    if (leaf != NULL && X509_up_ref(leaf) == 1)
        t->refused_leaf = leaf;
    if (culprit != NULL && X509_up_ref(culprit) == 1)
        t->refused_cert = culprit;
    return ok;
}

/* Like Go: the first that the server's authorities and algorithms allow; else none, and the server
 * says what it thinks of that. */
static int choose_identity(SSL *ssl, void *opaque)
{
    const struct tls_context *c = opaque;
    const struct tls_session *t = SSL_get_app_data(ssl);
    const int wanted = CERT_PKEY_VALID | CERT_PKEY_ISSUER_NAME;
    size_t count = t->identity != NULL ? 1 : c->options.identity_count;
    SSL_certs_clear(ssl);
    for (size_t i = 0; i < count; i++) {
        struct tls_identity *id = t->identity != NULL ? t->identity : c->options.identities[i];
        if ((SSL_check_chain(ssl, id->leaf, id->key, id->chain) & wanted) != wanted)
            continue;
        SSL_use_cert_and_key(ssl, id->leaf, id->key, id->chain, 1);
        break;
    }
    ERR_clear_error();
    return 1;
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

/* ---- versions and suites */

static int version_number(enum tls_version v, int otherwise)
{
    switch (v) {
    case TLS_VERSION_ANY:
        break;
    case TLS_VERSION_1_0:
        return TLS1_VERSION;
    case TLS_VERSION_1_1:
        return TLS1_1_VERSION;
    case TLS_VERSION_1_2:
        return TLS1_2_VERSION;
    case TLS_VERSION_1_3:
        return TLS1_3_VERSION;
    }
    return otherwise;
}

/* k6 also knows two suites by names that lack their hash. */
static const char *library_name(const char *suite)
{
    static const char chacha[] = "_WITH_CHACHA20_POLY1305";
    char full[64];
    size_t len = strlen(suite);
    if (len > sizeof chacha - 1 && len + sizeof "_SHA256" <= sizeof full &&
        strcmp(suite + len - (sizeof chacha - 1), chacha) == 0) {
        memcpy(full, suite, len);
        memcpy(full + len, "_SHA256", sizeof "_SHA256");
        return OPENSSL_cipher_name(full);
    }
    return OPENSSL_cipher_name(suite);
}

/* The option is about TLS 1.2 and below, as Go's is: 1.3 has suites of its own. With none left for
 * 1.2 only 1.3 remains. */
static int set_suites(SSL_CTX *ctx, const struct tls_options *o, struct err *e)
{
    struct buf list;
    if (o->cipher_suite_count == 0)
        return 0;
    buf_init(&list, BUF_NO_LIMIT);
    for (size_t i = 0; i < o->cipher_suite_count; i++) {
        const char *name = library_name(o->cipher_suites[i]);
        if (name[0] != '(' && !str_starts(str_of(name), "TLS_"))
            buf_addf(&list, "%s%s", list.len > 0 ? ":" : "", name);
    }
    bool has_any = list.len > 0 && SSL_CTX_set_cipher_list(ctx, list.data) == 1;
    buf_deinit(&list);
    ERR_clear_error();
    if (has_any)
        return 0;
    if (o->max_version == TLS_VERSION_ANY || o->max_version == TLS_VERSION_1_3) {
        SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION);
        return 0;
    }
    return err_set(
        e, ERR_INVALID,
        "none of the suites in tlsCipherSuites can be used: this TLS library lacks them");
}

/* ---- secrets for an analyser */

/* One write a line, so that lines of several workers don't mix. */
static void log_secret(const SSL *ssl, const char *line)
{
    const struct tls_session *t = SSL_get_app_data(ssl);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_addf(&text, "%s\n", line);
    if (write(t->context->keylog_fd, text.data, text.len) < 0)
        errno = 0; /* nothing that a handshake should fail for */
    buf_deinit(&text);
}

static int open_keylog(struct tls_context *c, struct err *e)
{
    const char *path = c->options.keylog_file;
    if (path == NULL)
        return 0;
    c->keylog_fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (c->keylog_fd < 0)
        return err_set(e, err_from_errno(errno), "the key log %s can't be opened: %s", path,
                       strerror(errno));
    SSL_CTX_set_keylog_callback(c->ssl_ctx, log_secret);
    return 0;
}

/* ---- the context */

static void set_up(struct tls_context *c)
{
    const struct tls_options *o = &c->options;
    SSL_CTX *ctx = c->ssl_ctx;
    SSL_CTX_set_min_proto_version(ctx, version_number(o->min_version, TLS1_2_VERSION));
    SSL_CTX_set_max_proto_version(ctx, version_number(o->max_version, 0));
    /* The servers under test may have keys that OpenSSL's policy finds too small; the reference
     * connects to them. */
    SSL_CTX_set_security_level(ctx, 0);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_options(ctx, SSL_OP_LEGACY_SERVER_CONNECT);
    SSL_CTX_set_read_ahead(ctx, 1);
    SSL_CTX_set_verify(ctx, o->insecure_skip_verify ? SSL_VERIFY_NONE : SSL_VERIFY_PEER,
                       note_verify_failure);
    SSL_CTX_set_tlsext_status_type(ctx, TLSEXT_STATUSTYPE_ocsp);
    SSL_CTX_set_cert_cb(ctx, choose_identity, c);
    if (o->resumes_sessions) {
        SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(ctx, keep_session);
    } else {
        SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    }
}

int tls_context_new(struct tls_context **out, const struct tls_options *o, struct err *e)
{
    struct tls_context *c = MEM_NEW(struct tls_context);
    int rc = ERR_TLS;
    c->options = *o;
    c->keylog_fd = -1;
    c->sessions = map_new();
    c->bio_method = tls_bio_method_new();
    c->ssl_ctx = SSL_CTX_new(TLS_client_method());
    if (c->ssl_ctx == NULL || c->bio_method == NULL) {
        err_set(e, rc, "the TLS library can't be set up: %s", tls_error_library_text());
        goto done;
    }
    set_up(c);
    rc = set_suites(c->ssl_ctx, o, e);
    if (rc == 0)
        rc = load_cas(c->ssl_ctx, o, e);
    if (rc == 0)
        rc = open_keylog(c, e);
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
    map_free(c->sessions, free_kept);
    SSL_CTX_free(c->ssl_ctx);
    BIO_meth_free(c->bio_method);
    if (c->keylog_fd >= 0)
        close(c->keylog_fd);
    mem_free(c);
}
