/* options_tls.c - judges and normalises the options that are about TLS.
 * Knows no TLS library: certificates are read by those who use them.
 * Source: k6 docs, "k6 options reference"; names of suites: Go's crypto/tls. Tests:
 * options_test.c */
#include "base/num.h"
#include "options/options_check.h"
#include "options/optval.h"

static const char *const versions[] = {"tls1.0", "tls1.1", "tls1.2", "tls1.3"};

static const struct {
    const char *name;
    unsigned id;
} suites[] = {
    {"TLS_RSA_WITH_RC4_128_SHA", 0x0005},
    {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", 0x000a},
    {"TLS_RSA_WITH_AES_128_CBC_SHA", 0x002f},
    {"TLS_RSA_WITH_AES_256_CBC_SHA", 0x0035},
    {"TLS_RSA_WITH_AES_128_CBC_SHA256", 0x003c},
    {"TLS_RSA_WITH_AES_128_GCM_SHA256", 0x009c},
    {"TLS_RSA_WITH_AES_256_GCM_SHA384", 0x009d},
    {"TLS_ECDHE_ECDSA_WITH_RC4_128_SHA", 0xc007},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", 0xc009},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 0xc00a},
    {"TLS_ECDHE_RSA_WITH_RC4_128_SHA", 0xc011},
    {"TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", 0xc012},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", 0xc013},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", 0xc014},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", 0xc023},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", 0xc027},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0xc02f},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0xc02b},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 0xc030},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 0xc02c},
    {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305", 0xcca8},
    {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", 0xcca9},
    {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca8},
    {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca9},
    {"TLS_AES_128_GCM_SHA256", 0x1301},
    {"TLS_AES_256_GCM_SHA384", 0x1302},
    {"TLS_CHACHA20_POLY1305_SHA256", 0x1303},
};

enum { SUITE_COUNT = sizeof suites / sizeof suites[0] };

static int check_tls_auth_item(const struct json *item, struct err *e)
{
    if (item->type != JSON_OBJECT)
        return optval_wrong_type(item, "an object {cert, key, password, domains}", e);
    for (size_t i = 0; i < item->len; i++) {
        struct str key = item->keys[i];
        const struct json *field = item->items[i];
        if (str_eqs(key, "domains")) {
            if (field->type != JSON_NULL && optval_need_strings(field, e) < 0)
                return ERR_INVALID;
        } else if (!str_eqs(key, "cert") && !str_eqs(key, "key") && !str_eqs(key, "password")) {
            return err_set(e, ERR_INVALID, "json: unknown field \"%s\"", key.p);
        } else if (field->type != JSON_STRING && field->type != JSON_NULL) {
            return optval_wrong_type(field, "a string", e);
        }
    }
    return 0;
}

int check_tls_auth(struct json **v, struct err *e)
{
    if ((*v)->type != JSON_ARRAY)
        return optval_wrong_type(*v, "a list of certificates", e);
    struct json *list = json_new_array();
    for (size_t i = 0; i < (*v)->len; i++) {
        const struct json *item = (*v)->items[i];
        int rc = item->type == JSON_NULL ? 0 : check_tls_auth_item(item, e);
        if (rc < 0) {
            json_free(list);
            return rc;
        }
        if (item->type != JSON_NULL)
            json_push(list, json_dup(item));
    }
    json_free(*v);
    *v = list;
    return 0;
}

static int check_tls_version_name(const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL || (v->type == JSON_STRING && v->text.len == 0))
        return 0;
    if (v->type != JSON_STRING)
        return optval_wrong_type(v, "a TLS version such as 'tls1.2'", e);
    bool is_known = false;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++)
        is_known = is_known || str_eqs(v->text, versions[i]);
    if (!is_known)
        return err_set(e, ERR_INVALID, "unknown TLS version '%s'", v->text.p);
    return 0;
}

int check_tls_version(struct json **v, struct err *e)
{
    struct json *o = NULL;
    if ((*v)->type == JSON_STRING) {
        if (check_tls_version_name(*v, e) < 0)
            return ERR_INVALID;
        o = json_new_object();
        json_set(o, "min", json_dup(*v));
        json_set(o, "max", json_dup(*v));
        json_free(*v);
        *v = o;
        return 0;
    }
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "a TLS version or {min, max}", e);
    o = json_new_object();
    json_set(o, "min", json_new_strs(""));
    json_set(o, "max", json_new_strs(""));
    for (size_t i = 0; i < (*v)->len; i++) {
        struct str key = (*v)->keys[i];
        const char *end = str_ieqs(key, "min") ? "min" : str_ieqs(key, "max") ? "max" : NULL;
        if (end == NULL || check_tls_version_name((*v)->items[i], e) < 0) {
            json_free(o);
            return end != NULL ? ERR_INVALID
                               : err_set(e, ERR_INVALID, "json: unknown field \"%s\"", key.p);
        }
        if ((*v)->items[i]->type == JSON_STRING)
            json_set(o, end, json_dup((*v)->items[i]));
    }
    json_free(*v);
    *v = o;
    return 0;
}

/* Its name, or the number that TLS gives it; NULL: unknown. */
static const char *suite_name(struct str text)
{
    uint64_t id = 0;
    bool is_number = num_parse_uint(text, &id) == 0;
    for (size_t i = 0; i < SUITE_COUNT; i++)
        if (is_number ? suites[i].id == id : str_eqs(text, suites[i].name))
            return suites[i].name;
    return NULL;
}

/* By name; by number only where they come from the environment. */
int check_cipher_suites(struct json **v, struct err *e)
{
    int rc = optval_need_strings(*v, e);
    for (size_t i = 0; rc == 0 && i < (*v)->len; i++) {
        struct str name = (*v)->items[i]->text;
        if (name.len == 0 || ascii_is_digit(name.p[0]) || suite_name(name) == NULL)
            rc = err_set(e, ERR_INVALID, "unknown cipher suite '%.*s'", (int)name.len, name.p);
    }
    if (rc == 0 && (*v)->len == 0) { /* none is as good as not said, and shown so */
        json_free(*v);
        *v = json_new_null();
    }
    return rc;
}

int suites_from_text(struct json **v, const char *text, struct err *e)
{
    struct opt_strs parts = {0};
    struct json *list = json_new_array();
    optval_split(&parts, text);
    for (size_t i = 0; i < parts.count; i++) {
        const char *name = suite_name(str_of(parts.v[i]));
        json_push(list, json_new_strs(name != NULL ? name : parts.v[i]));
    }
    optval_free_strs(parts.v, parts.count);
    *v = list;
    return 0;
}
