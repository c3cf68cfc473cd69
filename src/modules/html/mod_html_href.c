/* mod_html_href.c - links as addresses: the parts of an <a>'s or <area>'s href, resolved against
 * the page's address. All are "" where there is none.
 * Source: k6 docs, "k6/html", "HrefElement". Tests: test/js/html_href.js */
#include "modules/html/mod_html_more.h"

/* NULL: there is none, or it can't be read. */
static struct url *href_of(const struct html_object *o)
{
    struct url *base = NULL, *u = NULL;
    struct str href = mod_html_attr(o, "href");
    if (href.p && url_parse(&base, mod_html_url_text(o->url), NULL) == 0 &&
        url_resolve(&u, base, href, NULL) < 0)
        u = NULL;
    url_free(base);
    return u;
}

/* The parts that scripts see are without escapes. */
static void put_unescaped(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '%' && s.len - i > 2 && hex_value(s.p[i + 1]) >= 0 &&
            hex_value(s.p[i + 2]) >= 0) {
            buf_addc(out, (char)(hex_value(s.p[i + 1]) << 4 | hex_value(s.p[i + 2])));
            i += 2;
        } else {
            buf_addc(out, s.p[i]);
        }
    }
}

static void put_hash(struct buf *out, const struct url *u)
{
    if (u->fragment.len > 0)
        buf_addc(out, '#');
    put_unescaped(out, u->fragment);
}

/* Host and port as written. */
static void put_authority(struct buf *out, const struct url *u)
{
    if (u->is_ipv6)
        buf_addc(out, '[');
    buf_add_str(out, u->host);
    if (u->is_ipv6)
        buf_addc(out, ']');
    buf_add_str(out, u->port_text);
}

/* Without the port that the scheme means anyway. An IPv6 address loses its brackets with it, as in
 * k6. */
static void put_host(struct buf *out, const struct url *u)
{
    const char *usual = str_eqs(u->scheme, "http")    ? ":80"
                        : str_eqs(u->scheme, "https") ? ":443"
                        : str_eqs(u->scheme, "ftp")   ? ":21"
                                                      : NULL;
    if (usual && str_eqs(u->port_text, usual))
        buf_add_str(out, u->host);
    else
        put_authority(out, u);
}

/* An address without a port keeps its brackets, as in k6. */
static void put_hostname(struct buf *out, const struct url *u)
{
    if (u->port_text.len > 0)
        buf_add_str(out, u->host);
    else
        put_authority(out, u);
}

static void put_origin(struct buf *out, const struct url *u)
{
    if (u->scheme.len == 0)
        return;
    if (str_eqs(u->scheme, "file")) {
        url_put(out, u, true);
        return;
    }
    buf_add_str(out, u->scheme);
    buf_adds(out, "://");
    put_authority(out, u);
}

static void put_password(struct buf *out, const struct url *u)
{
    buf_add_str(out, u->password);
}

static void put_username(struct buf *out, const struct url *u)
{
    buf_add_str(out, u->user);
}

static void put_pathname(struct buf *out, const struct url *u)
{
    put_unescaped(out, u->path);
}

static void put_port(struct buf *out, const struct url *u)
{
    if (u->port_text.len > 0)
        buf_add(out, u->port_text.p + 1, u->port_text.len - 1);
}

/* Without a colon behind it, but a colon alone when there is none: k6's. */
static void put_protocol(struct buf *out, const struct url *u)
{
    buf_add_str(out, u->scheme.len > 0 ? u->scheme : STR(":"));
}

static void put_search(struct buf *out, const struct url *u)
{
    if (u->query.len > 0)
        buf_addc(out, '?');
    buf_add_str(out, u->query);
}

static JSValue part(JSContext *ctx, const struct html_object *o,
                    void (*put)(struct buf *out, const struct url *u), const char *otherwise)
{
    struct url *u = href_of(o);
    if (!u)
        return jsarg_new_str(ctx, str_of(otherwise));
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    put(&text, u);
    JSValue v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    url_free(u);
    return v;
}

#define PART(name, otherwise)                                                                      \
    JSValue mod_html_href_##name(JSContext *ctx, struct html_object *o, int argc,                  \
                                 JSValueConst *argv)                                               \
    {                                                                                              \
        return part(ctx, o, put_##name, otherwise);                                                \
    }
PART(hash, "")
PART(host, "")
PART(hostname, "")
PART(origin, "")
PART(password, "")
PART(pathname, "")
PART(port, "")
PART(protocol, ":")
PART(search, "")
PART(username, "")
