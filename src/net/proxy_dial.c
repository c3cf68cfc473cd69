/* proxy_dial.c - CONNECT and SOCKS5. Whatever a proxy answers, it is read byte by byte only up to
 * where the tunnel begins. Words of errors are Go's, which k6 shows. Tests: http_way_test.c */
#include "net/proxy_dial.h"

#include <string.h>

#include "base/buf.h"
#include "net/address.h"
#include "net/http1_head.h"

enum {
    HEAD_MAX = 64 * 1024, /* of the answer to CONNECT */
    SOCKS_VERSION = 5,
    SOCKS_NO_AUTH = 0,
    SOCKS_PASSWORD = 2,
    SOCKS_CONNECT = 1,
    SOCKS_IPV4 = 1,
    SOCKS_NAME = 3,
    SOCKS_IPV6 = 4,
    SOCKS_PASSWORD_VERSION = 1,
};

struct talk {
    struct sock *sock;
    int64_t deadline_ns;
    struct net_error *error;
};

static int send_all(struct talk *t, const struct buf *b)
{
    struct iovec piece = {b->data, b->len};
    return sock_write(t->sock, &piece, 1, t->deadline_ns, NULL, t->error);
}

static int read_all(struct talk *t, void *data, size_t len)
{
    for (size_t got = 0; got < len;) {
        ptrdiff_t n = sock_read(t->sock, (char *)data + got, len - got, t->deadline_ns, t->error);
        if (n == 0)
            return net_error_set(t->error, ERR_CLOSED, NET_DEFAULT,
                                 got > 0 ? "unexpected EOF" : "EOF");
        if (n < 0)
            return (int)n;
        got += (size_t)n;
    }
    return 0;
}

/* ---- CONNECT */

static void put_host_port(struct buf *out, struct str host, uint16_t port)
{
    bool has_colon = str_find(host, ':') >= 0;
    buf_addf(out, has_colon ? "[%.*s]:%u" : "%.*s:%u", (int)host.len, host.p, (unsigned)port);
}

static int judge_answer(struct talk *t, const struct http1_head *h, const char *data)
{
    struct str reason = {data + h->reason.value_at, h->reason.value_len};
    struct str code;
    struct str words;
    if (h->status == 200)
        return 0;
    if (!str_cut(reason, ' ', &code, &words) || words.len == 0)
        return net_error_set(t->error, ERR_REFUSED, NET_DEFAULT, "unknown status code");
    return net_error_set(t->error, ERR_REFUSED, NET_DEFAULT, "%.*s", (int)words.len, words.p);
}

/* The tunnel begins behind the head, and there TLS waits for us to speak: the proxy has nothing
 * more to send. */
static int read_answer(struct talk *t)
{
    struct buf in;
    struct http1_head h;
    ptrdiff_t len = HTTP1_MORE;
    int rc = 0;
    buf_init(&in, HEAD_MAX);
    http1_head_init(&h, true);
    while (rc == 0 && len == HTTP1_MORE) {
        if (buf_reserve(&in, 1024) < 0) {
            rc = net_error_set(t->error, ERR_TOO_LARGE, NET_DEFAULT,
                               "the proxy's answer is longer than %d bytes", (int)HEAD_MAX);
            break;
        }
        ptrdiff_t n = sock_read(t->sock, in.data + in.len, 1024, t->deadline_ns, t->error);
        if (n <= 0) {
            rc = n < 0 ? (int)n
                       : net_error_set(t->error, ERR_CLOSED, NET_DEFAULT,
                                       in.len > 0 ? "unexpected EOF" : "EOF");
            break;
        }
        in.len += (size_t)n;
        len = http1_head_feed(&h, in.data, in.len);
    }
    if (rc == 0 && len < 0)
        rc = net_error_set(t->error, (int)len, NET_DEFAULT, "%s", http1_head_error(&h));
    if (rc == 0)
        rc = judge_answer(t, &h, in.data);
    if (rc == 0 && (size_t)len < in.len)
        rc = net_error_set(t->error, ERR_PROTOCOL, NET_DEFAULT,
                           "the proxy sent something of its own into the tunnel");
    http1_head_deinit(&h);
    buf_deinit(&in);
    return rc;
}

static int connect_http(struct talk *t, const struct proxy *p, struct str host, uint16_t port,
                        struct str user_agent)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    buf_adds(&out, "CONNECT ");
    put_host_port(&out, host, port);
    buf_adds(&out, " HTTP/1.1\r\nHost: ");
    put_host_port(&out, host, port);
    buf_adds(&out, "\r\n");
    if (user_agent.len > 0)
        buf_addf(&out, "User-Agent: %.*s\r\n", (int)user_agent.len, user_agent.p);
    if (p->basic != NULL)
        buf_addf(&out, "Proxy-Authorization: %s\r\n", p->basic);
    buf_adds(&out, "\r\n");
    int rc = send_all(t, &out);
    buf_deinit(&out);
    return rc < 0 ? rc : read_answer(t);
}

/* ---- SOCKS5 */

static const char *reply_text(uint8_t reply)
{
    static const char *const texts[] = {
        [1] = "general SOCKS server failure", [2] = "connection not allowed by ruleset",
        [3] = "network unreachable",          [4] = "host unreachable",
        [5] = "connection refused",           [6] = "TTL expired",
        [7] = "command not supported",        [8] = "address type not supported",
    };
    return reply < sizeof texts / sizeof *texts && texts[reply] != NULL ? texts[reply]
                                                                        : "unknown code";
}

static int fail(struct talk *t, int rc, const char *text)
{
    return net_error_set(t->error, rc, NET_DEFAULT, "%s", text);
}

static int prove_user(struct talk *t, const struct proxy *p)
{
    struct buf out;
    uint8_t answer[2];
    if (p->user.len == 0 || p->user.len > 255 || p->password.len > 255)
        return fail(t, ERR_INVALID, "invalid username/password");
    buf_init(&out, BUF_NO_LIMIT);
    buf_addc(&out, SOCKS_PASSWORD_VERSION);
    buf_addc(&out, (char)p->user.len);
    buf_add_str(&out, p->user);
    buf_addc(&out, (char)p->password.len);
    buf_add_str(&out, p->password);
    int rc = send_all(t, &out);
    buf_deinit(&out);
    if (rc == 0)
        rc = read_all(t, answer, sizeof answer);
    if (rc == 0 && answer[0] != SOCKS_PASSWORD_VERSION)
        return fail(t, ERR_PROTOCOL, "invalid username/password version");
    if (rc == 0 && answer[1] != 0)
        return fail(t, ERR_REFUSED, "username/password authentication failed");
    return rc;
}

static int agree_on_method(struct talk *t, const struct proxy *p)
{
    static const char with_user[] = {SOCKS_VERSION, 2, SOCKS_NO_AUTH, SOCKS_PASSWORD};
    static const char without[] = {SOCKS_VERSION, 1, SOCKS_NO_AUTH};
    struct iovec piece = {(void *)(p->has_user ? with_user : without),
                          p->has_user ? sizeof with_user : sizeof without};
    uint8_t answer[2];
    int rc = sock_write(t->sock, &piece, 1, t->deadline_ns, NULL, t->error);
    if (rc == 0)
        rc = read_all(t, answer, sizeof answer);
    if (rc < 0)
        return rc;
    if (answer[0] != SOCKS_VERSION)
        return net_error_set(t->error, ERR_PROTOCOL, NET_DEFAULT, "unexpected protocol version %d",
                             answer[0]);
    if (answer[1] == SOCKS_NO_AUTH)
        return 0;
    if (answer[1] == SOCKS_PASSWORD && p->has_user)
        return prove_user(t, p);
    return fail(t, ERR_REFUSED, "no acceptable authentication methods");
}

/* A name goes out as such: the proxy looks it up. */
static void put_address(struct buf *out, struct str host)
{
    struct address a;
    if (address_parse_ip(host, &a) < 0) {
        buf_addc(out, SOCKS_NAME);
        buf_addc(out, (char)host.len);
        buf_add_str(out, host);
    } else if (address_is_v6(&a)) {
        buf_addc(out, SOCKS_IPV6);
        buf_add(out, &a.sa.v6.sin6_addr, 16);
    } else {
        buf_addc(out, SOCKS_IPV4);
        buf_add(out, &a.sa.v4.sin_addr, 4);
    }
}

/* The rest of the answer is the proxy's own address on the other side, of no interest. */
static int skip_bound_address(struct talk *t, uint8_t kind)
{
    uint8_t rest[255 + 2];
    uint8_t len = kind == SOCKS_IPV4 ? 4 : 16;
    int rc = 0;
    if (kind == SOCKS_NAME)
        rc = read_all(t, &len, 1);
    else if (kind != SOCKS_IPV4 && kind != SOCKS_IPV6)
        return net_error_set(t->error, ERR_PROTOCOL, NET_DEFAULT, "unknown address type %d", kind);
    return rc < 0 ? rc : read_all(t, rest, (size_t)len + 2);
}

static int ask_socks(struct talk *t, struct str host, uint16_t port)
{
    struct buf out;
    uint8_t answer[4];
    if (host.len > 255)
        return fail(t, ERR_INVALID, "FQDN too long");
    buf_init(&out, BUF_NO_LIMIT);
    buf_addc(&out, SOCKS_VERSION);
    buf_addc(&out, SOCKS_CONNECT);
    buf_addc(&out, 0);
    put_address(&out, host);
    buf_addc(&out, (char)(port >> 8));
    buf_addc(&out, (char)port);
    int rc = send_all(t, &out);
    buf_deinit(&out);
    if (rc == 0)
        rc = read_all(t, answer, sizeof answer);
    if (rc < 0)
        return rc;
    if (answer[0] != SOCKS_VERSION)
        return net_error_set(t->error, ERR_PROTOCOL, NET_DEFAULT, "unexpected protocol version %d",
                             answer[0]);
    if (answer[1] != 0)
        return net_error_set(t->error, ERR_REFUSED, NET_DEFAULT, "unknown error %s",
                             reply_text(answer[1]));
    return skip_bound_address(t, answer[3]);
}

/* Go puts who and whither before whatever went wrong, and k6 counts it among TCP's errors. */
static int connect_socks(struct talk *t, const struct proxy *p, struct str host, uint16_t port)
{
    struct net_error *e = t->error;
    int rc = agree_on_method(t, p);
    if (rc == 0)
        rc = ask_socks(t, host, port);
    if (rc == 0 || rc == ERR_TIMEOUT || rc == ERR_CANCELED)
        return rc;
    char cause[sizeof e->detail];
    char proxy[ADDRESS_TEXT_MAX];
    memcpy(cause, e->detail, sizeof cause);
    address_print(&t->sock->peer, proxy, sizeof proxy);
    return net_error_set(e, rc, NET_TCP_DEFAULT, "socks connect tcp %s->%.*s:%u: %s", proxy,
                         (int)host.len, host.p, (unsigned)port, cause);
}

int proxy_dial(struct sock *s, const struct proxy *p, struct str host, uint16_t port,
               struct str user_agent, int64_t deadline_ns, struct net_error *e)
{
    struct talk t = {s, deadline_ns, e};
    if (p->kind == PROXY_SOCKS5)
        return connect_socks(&t, p, host, port);
    return connect_http(&t, p, host, port, user_agent);
}
