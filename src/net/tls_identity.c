/* tls_identity.c - reads certificates and keys. Words of errors are Go's, which k6 shows. Also
 * takes what k6 refuses: encrypted keys in PKCS #8. Tests: tls_identity_test.c */
#include "net/tls_identity.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "base/mem.h"
#include "net/tls_int.h"

static int give_password(char *out, int size, int is_writing, void *opaque)
{
    const struct str *password = opaque;
    (void)is_writing;
    if (password->p == NULL || password->len > (size_t)size)
        return -1; /* without this function the library would ask the terminal */
    memcpy(out, password->p, password->len);
    return (int)password->len;
}

static BIO *bio_of(struct str text)
{
    return BIO_new_mem_buf(text.p, text.len > INT32_MAX ? 0 : (int)text.len);
}

static int read_certs(struct tls_identity *id, struct str text, struct err *e)
{
    BIO *bio = bio_of(text);
    X509 *x;
    id->chain = sk_X509_new_null();
    if (bio == NULL || id->chain == NULL) {
        BIO_free(bio);
        return err_set(e, ERR_NOMEM, "tls: out of memory");
    }
    while ((x = PEM_read_bio_X509(bio, NULL, give_password, &(struct str){NULL, 0})) != NULL) {
        if (id->leaf == NULL)
            id->leaf = x;
        else if (sk_X509_push(id->chain, x) <= 0)
            X509_free(x);
    }
    unsigned long why = ERR_peek_last_error();
    BIO_free(bio);
    ERR_clear_error();
    /* The end of the text is "no start line". */
    if (ERR_GET_LIB(why) == ERR_LIB_PEM && ERR_GET_REASON(why) == PEM_R_NO_START_LINE)
        return id->leaf != NULL ? 0
                                : err_set(e, ERR_INVALID,
                                          "tls: failed to find any PEM data in certificate input");
    const char *words = ERR_reason_error_string(why);
    return err_set(e, ERR_INVALID, "x509: malformed certificate: %s",
                   words != NULL ? words : "unknown reason");
}

static int fail_key(struct str text, struct str password, struct err *e)
{
    unsigned long why = ERR_peek_error();
    int reason = ERR_GET_REASON(why);
    const char *words = ERR_reason_error_string(why);
    ERR_clear_error();
    if (str_finds(text, "-----BEGIN ") < 0)
        return err_set(e, ERR_INVALID, "tls: failed to find any PEM data in key input");
    if (str_finds(text, "PRIVATE KEY-----") < 0)
        return err_set(e, ERR_INVALID,
                       "tls: found a certificate rather than a key in the PEM for the private key");
    bool is_encrypted = str_finds(text, "ENCRYPTED") >= 0;
    if (is_encrypted && password.p == NULL)
        return err_set(
            e, ERR_INVALID,
            "tls: failed to parse private key: it is encrypted and there is no password");
    if (is_encrypted || reason == PEM_R_BAD_DECRYPT || reason == PEM_R_BAD_PASSWORD_READ)
        return err_set(e, ERR_INVALID, "x509: decryption password incorrect");
    return err_set(e, ERR_INVALID, "tls: failed to parse private key: %s",
                   words != NULL ? words : "unknown reason");
}

static int read_key(struct tls_identity *id, struct str text, struct str password, struct err *e)
{
    BIO *bio = bio_of(text);
    if (bio == NULL)
        return err_set(e, ERR_NOMEM, "tls: out of memory");
    id->key = PEM_read_bio_PrivateKey(bio, NULL, give_password, &password);
    BIO_free(bio);
    if (id->key == NULL)
        return fail_key(text, password, e);
    if (X509_check_private_key(id->leaf, id->key) == 1)
        return 0;
    const EVP_PKEY *public_key = X509_get0_pubkey(id->leaf);
    ERR_clear_error();
    return err_set(e, ERR_INVALID,
                   public_key != NULL &&
                           EVP_PKEY_get_base_id(public_key) != EVP_PKEY_get_base_id(id->key)
                       ? "tls: private key type does not match public key type"
                       : "tls: private key does not match public key");
}

static void note_name(struct tls_identity *id)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    X509_digest(id->leaf, EVP_sha256(), digest, &len);
    for (unsigned i = 0; i < len && 2 * i + 2 < sizeof id->name; i++)
        snprintf(id->name + (size_t)2 * i, 3, "%02x", (unsigned)digest[i]);
}

int tls_identity_new(struct tls_identity **out, struct str cert, struct str key,
                     struct str password, struct err *e)
{
    struct tls_identity *id = MEM_NEW(struct tls_identity);
    atomic_init(&id->refs, 1);
    ERR_clear_error();
    int rc = read_certs(id, cert, e);
    if (rc == 0)
        rc = read_key(id, key, password, e);
    if (rc == 0)
        note_name(id);
    ERR_clear_error();
    if (rc < 0) {
        tls_identity_unref(id);
        return rc;
    }
    *out = id;
    return 0;
}

struct tls_identity *tls_identity_ref(struct tls_identity *id)
{
    atomic_fetch_add(&id->refs, 1);
    return id;
}

void tls_identity_unref(struct tls_identity *id)
{
    if (id == NULL || atomic_fetch_sub(&id->refs, 1) > 1)
        return;
    X509_free(id->leaf);
    sk_X509_pop_free(id->chain, X509_free);
    EVP_PKEY_free(id->key);
    mem_free(id);
}

const char *tls_identity_name(const struct tls_identity *id)
{
    return id->name;
}
