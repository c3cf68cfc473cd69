/* auth_ntlm.c - NTLM messages; see auth_ntlm.h. All numbers are little-endian; a "field" is length,
 * length, offset into the message. Tests: auth_ntlm_test.c, fuzz/auth_fuzz.c */
#include "modules/http/auth_ntlm.h"

#include <string.h>

#include "base/err.h"
#include "base/hash.h"

enum {
    FLAG_UNICODE = 0x1,
    FLAG_REQUEST_TARGET = 0x4,
    FLAG_NTLM = 0x200,
    FLAG_ALWAYS_SIGN = 0x8000,
    FLAG_EXTENDED_SECURITY = 0x80000,
    FLAG_TARGET_INFO = 0x800000,
    FLAGS = FLAG_UNICODE | FLAG_REQUEST_TARGET | FLAG_NTLM | FLAG_ALWAYS_SIGN |
            FLAG_EXTENDED_SECURITY | FLAG_TARGET_INFO,
    AV_EOL = 0,
    AV_TIMESTAMP = 7,
    CHALLENGE_HEAD = 48,    /* up to and with the target info field */
    AUTHENTICATE_HEAD = 64, /* up to and with the flags */
    HASH_LEN = 16,
    INFO_MAX = 0x8000, /* with the rest of the answer it must fit a field's 16 bits */
    TEXT_MAX = 1024,   /* of user, domain and password, in bytes of UTF-8 */
};

static const uint8_t signature[8] = "NTLMSSP";

static void put_u16(struct buf *b, uint32_t v)
{
    uint8_t bytes[] = {(uint8_t)v, (uint8_t)(v >> 8)};
    buf_add(b, bytes, sizeof(bytes));
}

static void put_u32(struct buf *b, uint32_t v)
{
    put_u16(b, v & 0xFFFF);
    put_u16(b, v >> 16);
}

static void put_u64(struct buf *b, uint64_t v)
{
    put_u32(b, (uint32_t)v);
    put_u32(b, (uint32_t)(v >> 32));
}

static uint32_t get_u16(struct str s, size_t at)
{
    return (uint32_t)(uint8_t)s.p[at] | (uint32_t)(uint8_t)s.p[at + 1] << 8;
}

static uint32_t get_u32(struct str s, size_t at)
{
    return get_u16(s, at) | get_u16(s, at + 2) << 16;
}

static uint32_t upper(uint32_t cp)
{
    if (cp >= 'a' && cp <= 'z')
        return cp - 0x20;
    if ((cp >= 0xE0 && cp <= 0xFE && cp != 0xF7) || (cp >= 0x3B1 && cp <= 0x3C9 && cp != 0x3C2) ||
        (cp >= 0x430 && cp <= 0x44F))
        return cp - 0x20;
    if (cp >= 0x450 && cp <= 0x45F)
        return cp - 0x50;
    return cp >= 0x100 && cp < 0x130 && cp % 2 ? cp - 1 : cp;
}

static void put_utf16(struct buf *b, struct str s, bool is_upper)
{
    for (size_t pos = 0; pos < s.len;) {
        uint32_t cp = utf8_next(s, &pos);
        if (is_upper)
            cp = upper(cp);
        if (cp >= 0x10000) {
            put_u16(b, 0xD800 + ((cp - 0x10000) >> 10));
            cp = 0xDC00 + ((cp - 0x10000) & 0x3FF);
        }
        put_u16(b, cp);
    }
}

static struct str bytes_of(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

void auth_ntlm_negotiate(struct buf *out)
{
    struct buf msg;
    buf_init(&msg, BUF_NO_LIMIT);
    buf_add(&msg, signature, sizeof(signature));
    put_u32(&msg, 1);
    put_u32(&msg, FLAGS);
    put_u64(&msg, 0); /* no domain */
    put_u64(&msg, 0); /* no workstation */
    hash_put_base64(out, msg.data, msg.len);
    buf_deinit(&msg);
}

struct server {
    struct str challenge; /* 8 bytes */
    struct str info;      /* attribute pairs; may be empty */
    struct str time;      /* 8 bytes, or empty */
};

/* The server's time among its attributes. */
static struct str find_time(struct str info)
{
    size_t at = 0;
    while (at + 4 <= info.len) {
        uint32_t id = get_u16(info, at), len = get_u16(info, at + 2);
        if (id == AV_EOL || len > info.len - at - 4)
            break;
        if (id == AV_TIMESTAMP && len == 8)
            return (struct str){info.p + at + 4, 8};
        at += 4 + len;
    }
    return (struct str){"", 0};
}

static int parse_server(struct str msg, struct server *s)
{
    if (msg.len < 32 || memcmp(msg.p, signature, sizeof(signature)) != 0 || get_u32(msg, 8) != 2)
        return ERR_INVALID;
    s->challenge = (struct str){msg.p + 24, 8};
    s->info = (struct str){"", 0};
    if (msg.len >= CHALLENGE_HEAD && get_u32(msg, 20) & FLAG_TARGET_INFO) {
        size_t len = get_u16(msg, 40), offset = get_u32(msg, 44);
        if (offset > msg.len || len > msg.len - offset || len > INFO_MAX)
            return ERR_INVALID;
        s->info = (struct str){msg.p + offset, len};
    }
    s->time = find_time(s->info);
    return 0;
}

/* The key of everything: HMAC over name and domain, keyed with the password's MD4. */
static bool make_key(struct digest_methods *m, struct str user, struct str domain,
                     struct str password, uint8_t key[DIGEST_MAX_LEN])
{
    struct buf text;
    uint8_t nt[DIGEST_MAX_LEN];
    buf_init(&text, BUF_NO_LIMIT);
    put_utf16(&text, password, false);
    bool ok = digest_all(m, DIGEST_MD4, bytes_of(&text), nt) == HASH_LEN;
    buf_clear(&text);
    put_utf16(&text, user, true);
    put_utf16(&text, domain, false);
    ok = ok && digest_hmac(m, DIGEST_MD5, (struct str){(char *)nt, HASH_LEN}, bytes_of(&text),
                           key) == HASH_LEN;
    buf_deinit(&text);
    return ok;
}

/* Appends the proof for data, which starts with the server's challenge. */
static bool put_proof(struct buf *out, struct digest_methods *m, const uint8_t *key,
                      const struct buf *data)
{
    uint8_t sum[DIGEST_MAX_LEN];
    if (digest_hmac(m, DIGEST_MD5, (struct str){(const char *)key, HASH_LEN}, bytes_of(data),
                    sum) != HASH_LEN)
        return false;
    buf_add(out, sum, HASH_LEN);
    return true;
}

/* Both responses. lm stays zero when the server names a time. */
static bool make_responses(struct digest_methods *m, const struct server *s,
                           const struct auth_ntlm *a, const uint8_t *key, struct buf *lm,
                           struct buf *nt)
{
    struct buf blob, data;
    buf_init(&blob, BUF_NO_LIMIT);
    buf_init(&data, BUF_NO_LIMIT);
    put_u32(&blob, 0x0101);
    put_u32(&blob, 0);
    if (s->time.len > 0)
        buf_add_str(&blob, s->time);
    else
        put_u64(&blob, a->file_time);
    buf_add(&blob, a->client_challenge, sizeof(a->client_challenge));
    put_u32(&blob, 0);
    buf_add_str(&blob, s->info);
    put_u32(&blob, 0);
    buf_add_str(&data, s->challenge);
    buf_add(&data, blob.data, blob.len);
    bool ok = put_proof(nt, m, key, &data);
    buf_add(nt, blob.data, blob.len);
    if (s->time.len > 0) {
        put_u64(lm, 0);
        put_u64(lm, 0);
        put_u64(lm, 0);
    } else {
        buf_clear(&data);
        buf_add_str(&data, s->challenge);
        buf_add(&data, a->client_challenge, sizeof(a->client_challenge));
        ok = ok && put_proof(lm, m, key, &data);
        buf_add(lm, a->client_challenge, sizeof(a->client_challenge));
    }
    buf_deinit(&blob);
    buf_deinit(&data);
    return ok;
}

static void put_field(struct buf *head, struct buf *payload, struct str value)
{
    put_u16(head, (uint32_t)value.len);
    put_u16(head, (uint32_t)value.len);
    put_u32(head, (uint32_t)(AUTHENTICATE_HEAD + payload->len));
    buf_add_str(payload, value);
}

static void put_message(struct buf *out, struct str domain, struct str user, const struct buf *lm,
                        const struct buf *nt)
{
    struct buf head, payload, text;
    buf_init(&head, BUF_NO_LIMIT);
    buf_init(&payload, BUF_NO_LIMIT);
    buf_init(&text, BUF_NO_LIMIT);
    buf_add(&head, signature, sizeof(signature));
    put_u32(&head, 3);
    put_field(&head, &payload, bytes_of(lm));
    put_field(&head, &payload, bytes_of(nt));
    put_utf16(&text, domain, false);
    put_field(&head, &payload, bytes_of(&text));
    buf_clear(&text);
    put_utf16(&text, user, false);
    put_field(&head, &payload, bytes_of(&text));
    put_field(&head, &payload, STR("")); /* workstation */
    put_field(&head, &payload, STR("")); /* session key */
    put_u32(&head, FLAGS);
    buf_add(&head, payload.data, payload.len);
    hash_put_base64(out, head.data, head.len);
    buf_deinit(&head);
    buf_deinit(&payload);
    buf_deinit(&text);
}

int auth_ntlm_authenticate(struct buf *out, struct digest_methods *m, struct str challenge,
                           const struct auth_ntlm *a)
{
    struct server s;
    struct str domain, user;
    uint8_t key[DIGEST_MAX_LEN];
    int rc = parse_server(challenge, &s);
    if (rc < 0 || a->user.len > TEXT_MAX || a->password.len > TEXT_MAX)
        return ERR_INVALID;
    if (!str_cut(a->user, '\\', &domain, &user)) {
        domain = STR("");
        user = a->user;
    }
    struct buf lm, nt;
    buf_init(&lm, BUF_NO_LIMIT);
    buf_init(&nt, BUF_NO_LIMIT);
    bool ok =
        make_key(m, user, domain, a->password, key) && make_responses(m, &s, a, key, &lm, &nt);
    if (ok)
        put_message(out, domain, user, &lm, &nt);
    buf_deinit(&lm);
    buf_deinit(&nt);
    return ok ? 0 : ERR_UNSUPPORTED;
}
