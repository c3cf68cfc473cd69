/* target_auth.c - routes of `c6 target` that ask who is there: basic, digest, and the handshake of
 * NTLM. Any user will do, the password is that of the login journey. Nothing is stored. Runs on the
 * fibers of httpd's connections. Spec: RFC 7617, RFC 7616 (MD5; qop auth), MS-NLMP. Tests:
 * target_test.c, test/js/http_auth.js */
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "cli/target_int.h"

#define REALM    "c6 target"
#define PASSWORD "secret"

static void ask_who(struct target_call *call, const char *challenge)
{
    struct buf header;
    buf_init(&header, BUF_NO_LIMIT);
    buf_addf(&header, "WWW-Authenticate: %s\r\n", challenge);
    struct json *o = json_new_object();
    json_set(o, "error", json_new_strs("say who you are; the password is \"" PASSWORD "\""));
    target_json(call, 401, (struct str){header.data, header.len}, o);
    buf_deinit(&header);
}

static void welcome(struct target_call *call, const char *scheme, struct str user)
{
    struct json *o = json_new_object();
    json_set(o, "authenticated", json_new_bool(true));
    json_set(o, "scheme", json_new_strs(scheme));
    json_set(o, "user", json_new_str(user));
    target_json(call, 200, STR(""), o);
}

/* What the Authorization header says behind the name of the scheme. */
static bool get_said(const struct target_call *call, const char *scheme, struct str *said)
{
    size_t len = strlen(scheme);
    if (!httpd_get_header(call->req, "Authorization", said) || said->len < len ||
        !str_ieqs((struct str){said->p, len}, scheme))
        return false;
    *said = str_trim((struct str){said->p + len, said->len - len});
    return true;
}

/* ---- basic */

static void answer_basic(struct target_call *call)
{
    struct str said, user, password;
    struct buf plain;
    buf_init(&plain, BUF_NO_LIMIT);
    if (get_said(call, "Basic ", &said) && hash_parse_base64(&plain, said) == 0 &&
        str_cut((struct str){plain.data, plain.len}, ':', &user, &password) &&
        str_eqs(password, PASSWORD))
        welcome(call, "basic", user);
    else
        ask_who(call, "Basic realm=\"" REALM "\"");
    buf_deinit(&plain);
}

/* ---- digest */

/* A part of `name="value", other=value`; empty when it is not there. */
static struct str get_part(struct str said, const char *name)
{
    struct str rest = said, item;
    while (rest.len > 0) {
        struct str key, value;
        if (!str_cut(rest, ',', &item, &rest)) {
            item = rest;
            rest.len = 0;
        }
        if (!str_cut(item, '=', &key, &value) || !str_ieqs(str_trim(key), name))
            continue;
        value = str_trim(value);
        if (value.len >= 2 && value.p[0] == '"')
            value = (struct str){value.p + 1, value.len - 2};
        return value;
    }
    return STR("");
}

/* MD5 of parts with colons between them; the last one is NULL. */
static void hash_parts(char out[33], const struct str *const *parts)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    for (size_t i = 0; parts[i] != NULL; i++) {
        if (i > 0)
            buf_addc(&text, ':');
        buf_add_str(&text, *parts[i]);
    }
    hash_md5_hex((struct str){text.data, text.len}, out);
    buf_deinit(&text);
}

static bool is_proof(const struct target_call *call, struct str said)
{
    char first[33], second[33], want[33];
    const struct str realm = STR(REALM), password = STR(PASSWORD),
                     secret = str_of(call->routes->secret);
    struct str user = get_part(said, "username"), uri = get_part(said, "uri"),
               nc = get_part(said, "nc"), cnonce = get_part(said, "cnonce"),
               qop = get_part(said, "qop");
    hash_parts(first, (const struct str *const[]){&user, &realm, &password, NULL});
    hash_parts(second, (const struct str *const[]){&call->req->method, &uri, NULL});
    struct str left = {first, 32}, right = {second, 32};
    hash_parts(want, (const struct str *const[]){&left, &secret, &nc, &cnonce, &qop, &right, NULL});
    return str_eqs(get_part(said, "nonce"), call->routes->secret) &&
           str_eqs(get_part(said, "response"), want);
}

static void answer_digest(struct target_call *call)
{
    struct str said;
    if (get_said(call, "Digest ", &said) && is_proof(call, said)) {
        welcome(call, "digest", get_part(said, "username"));
        return;
    }
    struct buf challenge;
    buf_init(&challenge, BUF_NO_LIMIT);
    buf_addf(&challenge, "Digest realm=\"" REALM "\", nonce=\"%s\", qop=\"auth\", algorithm=MD5",
             call->routes->secret);
    ask_who(call, challenge.data);
    buf_deinit(&challenge);
}

/* ---- NTLM: the handshake alone; nobody's password is looked at */

enum { NTLM_HEAD = 32, NTLM_USER_AT = 36, NTLM_PROOF_MIN = 64 };

static unsigned read_16(const char *p)
{
    return (unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

/* A challenge that offers Unicode and names nothing. */
static void put_challenge(struct buf *out)
{
    static const char raw[NTLM_HEAD + 16] = "NTLMSSP\0\2\0\0\0\0\0\0\0\x30\0\0\0\1\2\x88\xa2"
                                            "c6 nonce";
    buf_adds(out, "NTLM ");
    hash_put_base64(out, raw, sizeof raw);
}

/* The user of the third message, in UTF-16; what is not ASCII becomes '?'. */
static void put_user(struct buf *out, const char *raw, size_t len)
{
    size_t size = read_16(raw + NTLM_USER_AT), at = read_16(raw + NTLM_USER_AT + 4);
    for (size_t i = at; i + 1 < len && i + 1 < at + size; i += 2)
        buf_addc(out, raw[i + 1] == 0 && raw[i] >= ' ' ? raw[i] : '?');
}

static void answer_ntlm(struct target_call *call)
{
    struct str said;
    struct buf raw, text;
    buf_init(&raw, BUF_NO_LIMIT);
    buf_init(&text, BUF_NO_LIMIT);
    bool is_message = get_said(call, "NTLM ", &said) && hash_parse_base64(&raw, said) == 0 &&
                      raw.len >= 16 && memcmp(raw.data, "NTLMSSP", 8) == 0;
    if (is_message && raw.data[8] == 3 && raw.len >= NTLM_PROOF_MIN) {
        put_user(&text, raw.data, raw.len);
        welcome(call, "ntlm", (struct str){text.data, text.len});
    } else {
        buf_adds(&text, is_message ? "" : "NTLM");
        if (is_message)
            put_challenge(&text);
        ask_who(call, text.data);
    }
    buf_deinit(&raw);
    buf_deinit(&text);
}

void target_auth(struct target_call *call)
{
    if (str_eqs(call->rest, "basic"))
        answer_basic(call);
    else if (str_eqs(call->rest, "digest"))
        answer_digest(call);
    else if (str_eqs(call->rest, "ntlm"))
        answer_ntlm(call);
    else
        target_error(call, 404, "there are /auth/basic, /auth/digest and /auth/ntlm");
}
