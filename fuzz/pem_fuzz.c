/* pem_fuzz.c - fuzz driver of pem.h and x509_cert.h: a text that may hold a certificate; when the
 * first byte is 'D', the rest is a certificate as DER, put into a block here.
 * Corpus: fuzz/corpus/pem. Replayed by pem_test.c */
#include <stdint.h>

#include <openssl/err.h>

#include "base/err.h"
#include "modules/base64.h"
#include "modules/x509/x509_cert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_look_at(const X509 *cert)
{
    struct x509_list names = {0};
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    x509_cert_alt_names(cert, &names);
    x509_cert_free_list(&names);
    CHECK(x509_cert_signature(cert) != NULL);
    x509_cert_put_time(&text, X509_get0_notBefore(cert));
    const X509_NAME *subject = X509_get_subject_name(cert);
    for (int i = 0; i < X509_NAME_entry_count(subject); i++)
        x509_cert_put_value(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, i)));
    (void)x509_cert_key_kind(X509_get0_pubkey(cert));
    buf_deinit(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str input = {(const char *)data, size};
    struct err e = {0};
    struct buf block;
    X509 *cert = NULL;
    buf_init(&block, BUF_NO_LIMIT);
    if (size > 0 && data[0] == 'D') {
        buf_adds(&block, "-----BEGIN X-----\n");
        base64_encode(&block, BASE64_STD, (struct str){input.p + 1, size - 1});
        buf_adds(&block, "\n-----END X-----\n");
        input = (struct str){block.data, block.len};
    }
    if (x509_cert_parse(&cert, input, &e) == 0)
        fuzz_look_at(cert);
    else
        CHECK(cert == NULL && e.msg != NULL);
    CHECK(ERR_peek_error() == 0);
    X509_free(cert);
    err_deinit(&e);
    buf_deinit(&block);
    return 0;
}
