/* url.c - URLs: taken apart, put together, resolved against a base.
 * What is accepted, what is escaped and the error texts are those of Go's net/url, because scripts
 * and metrics see them; the structure follows RFC 3986. Knows no DNS and no sockets. Pure, any
 * thread. Tests: url_test.c, fuzz/url_fuzz.c */
#include "base/url.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/punycode.h"

/* What each part may hold unescaped, beside letters, digits and "-_.~". */
static const char path_chars[] = "$&+,/:;=@";
static const char path_written_chars[] = "$&+,/:;=@!'()*[]%"; /* accepted as written, too */
static const char user_chars[] = "$&+,;=";
static const char userinfo_written_chars[] = "$&+,;=:!'()*%@";
static const char host_chars[] = "!$&'()*+,;=:[]<>\"";
static const char fragment_chars[] = "$&+,/:;=?@!()*";
static const char fragment_written_chars[] = "$&+,/:;=?@!()*'[]%";
static const char query_chars[] = "";

static bool may_hold(const char *chars, char c)
{
    if (ascii_is_alpha(c) || ascii_is_digit(c))
        return true;
    return c != '\0' && (strchr("-_.~", c) != NULL || strchr(chars, c) != NULL);
}

static bool all_may_hold(const char *chars, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!may_hold(chars, s.p[i]))
            return false;
    return true;
}

static struct str cut_front(struct str s, size_t count)
{
    return (struct str){s.p + count, s.len - count};
}

static struct str first(struct str s, size_t count)
{
    return (struct str){s.p, count};
}

static ptrdiff_t find_last(struct str s, char c)
{
    const char *at = s.len > 0 ? memrchr(s.p, c, s.len) : NULL;
    return at != NULL ? at - s.p : -1;
}

/* Sets "before "quoted" after" as the error's text. */
static int fail_quoted(struct err *e, const char *before, struct str what, const char *after)
{
    char *quoted = buf_quote(what);
    err_set(e, ERR_INVALID, "%s%s%s", before, quoted, after);
    mem_free(quoted);
    return ERR_INVALID;
}

/* The byte that the escape at s.p[i] stands for, or -1 if it is none. */
static int escaped_byte(struct str s, size_t i)
{
    if (s.len - i < 3)
        return -1;
    int high = hex_value(s.p[i + 1]);
    int low = hex_value(s.p[i + 2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static int fail_escape(struct err *e, struct str s, size_t i)
{
    struct str shown = cut_front(s, i);
    return fail_quoted(e, "invalid URL escape ", first(shown, shown.len < 3 ? shown.len : 3), "");
}

static int check_escapes(struct str s, struct err *e)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] == '%' && escaped_byte(s, i) < 0)
            return fail_escape(e, s, i);
    return 0;
}

/* A host may hold escapes of bytes above ASCII only (and %25); its zone also those of what a host
 * may hold. Go refuses the former in a zone although it writes them there itself. */
static int check_host_escapes(struct str s, bool is_zone, struct err *e)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] != '%') {
            if ((unsigned char)s.p[i] < 0x80 && !may_hold(host_chars, s.p[i]))
                return fail_quoted(e, "invalid character ", first(cut_front(s, i), 1),
                                   " in host name");
            continue;
        }
        int byte = escaped_byte(s, i);
        bool is_zone_char =
            is_zone && byte >= 0 && (byte == ' ' || may_hold(host_chars, (char)byte));
        if (byte < 0x80 && byte != '%' && !is_zone_char)
            return fail_escape(e, s, i);
        i += 2;
    }
    return 0;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* Where the pieces are written: room for all of them was made before. */
struct writer {
    char *at;
};

static struct str piece_end(struct writer *w, const char *from)
{
    struct str piece = {from, (size_t)(w->at - from)};
    *w->at++ = '\0';
    return piece;
}

static struct str piece_copy(struct writer *w, struct str s)
{
    const char *from = w->at;
    memcpy(w->at, s.p, s.len);
    w->at += s.len;
    return piece_end(w, from);
}

/* Writes s without its escapes, which have been checked. */
static struct str piece_unescape(struct writer *w, struct str s)
{
    const char *from = w->at;
    for (size_t i = 0; i < s.len; i++) {
        int byte = s.p[i] == '%' ? escaped_byte(s, i) : -1;
        *w->at++ = byte >= 0 ? (char)byte : s.p[i];
        i += byte >= 0 ? 2 : 0;
    }
    return piece_end(w, from);
}

/* Writes s so that it can go on the wire: as it is where that is valid, else decoded and escaped
 * anew, by which an escaped slash becomes a plain one. */
static struct str piece_escape(struct writer *w, struct str s, const char *written,
                               const char *chars)
{
    if (all_may_hold(written, s))
        return piece_copy(w, s);
    const char *from = w->at;
    for (size_t i = 0; i < s.len; i++) {
        int byte = s.p[i] == '%' ? escaped_byte(s, i) : -1;
        unsigned char c = byte >= 0 ? (unsigned char)byte : (unsigned char)s.p[i];
        i += byte >= 0 ? 2 : 0;
        if (may_hold(chars, (char)c)) {
            *w->at++ = (char)c;
            continue;
        }
        *w->at++ = '%';
        *w->at++ = "0123456789ABCDEF"[c >> 4];
        *w->at++ = "0123456789ABCDEF"[c & 15];
    }
    return piece_end(w, from);
}

static int check_port(struct str text, struct err *e)
{
    bool is_port = text.len == 0 || text.p[0] == ':';
    for (size_t i = 1; is_port && i < text.len; i++)
        is_port = ascii_is_digit(text.p[i]);
    return is_port ? 0 : fail_quoted(e, "invalid port ", text, " after host");
}

static void put_port(struct url *u, struct writer *w, struct str text)
{
    uint64_t number;
    u->port_text = piece_copy(w, text);
    if (text.len <= 1)
        return;
    if (num_parse_uint(cut_front(text, 1), &number) == 0 && number <= UINT16_MAX)
        u->port = (uint16_t)number;
    else
        u->is_port_bad = true;
}

/* What the brackets hold, decoded, must be an IPv6 address, with or without a zone. */
static int check_ipv6(struct str host, struct err *e)
{
    char address[64];
    unsigned char bytes[16];
    struct str number, zone;
    bool has_zone = str_cut(host, '%', &number, &zone);
    if (number.len < sizeof address && !(has_zone && zone.len == 0)) {
        memcpy(address, number.p, number.len);
        address[number.len] = '\0';
        if (strlen(address) == number.len && inet_pton(AF_INET6, address, bytes) == 1)
            return 0;
        if (!has_zone && inet_pton(AF_INET, address, bytes) == 1)
            return err_set(e, ERR_INVALID, "invalid IP-literal");
    }
    return fail_quoted(e, "invalid host: ParseAddr(", host, "): unable to parse IP");
}

/* "[address]", "[address%25zone]", either with ":port". */
static int parse_ipv6(struct url *u, struct writer *w, struct str s, struct err *e)
{
    ptrdiff_t close = find_last(s, ']');
    if (close < 0)
        return err_set(e, ERR_INVALID, "missing ']' in host");
    struct str port = cut_front(s, (size_t)close + 1);
    struct str inside = {s.p + 1, (size_t)close - 1};
    int rc = check_port(port, e);
    if (rc < 0)
        return rc;
    ptrdiff_t zone_at = str_finds(inside, "%25");
    size_t number_len = zone_at >= 0 ? (size_t)zone_at : inside.len;
    rc = check_host_escapes(first(inside, number_len), false, e);
    if (rc == 0)
        rc = check_host_escapes(cut_front(inside, number_len), true, e);
    if (rc < 0)
        return rc;
    u->host = piece_unescape(w, inside);
    u->is_ipv6 = true;
    put_port(u, w, port);
    return check_ipv6(u->host, e);
}

static int parse_host(struct url *u, struct writer *w, struct str s, struct err *e)
{
    ptrdiff_t bracket = find_last(s, '[');
    if (bracket > 0)
        return err_set(e, ERR_INVALID, "invalid IP-literal");
    if (bracket == 0)
        return parse_ipv6(u, w, s, e);
    /* The last colon: a bare IPv6 address is taken for a name and a port, as k6's Go does. */
    ptrdiff_t colon = find_last(s, ':');
    struct str name = colon >= 0 ? first(s, (size_t)colon) : s;
    struct str port = cut_front(s, name.len);
    int rc = check_port(port, e);
    if (rc == 0)
        rc = check_host_escapes(name, false, e);
    if (rc < 0)
        return rc;
    u->host = piece_unescape(w, name);
    put_port(u, w, port);
    return 0;
}

static int parse_userinfo(struct url *u, struct writer *w, struct str s, struct err *e)
{
    struct str user, password;
    if (!all_may_hold(userinfo_written_chars, s))
        return err_set(e, ERR_INVALID, "net/url: invalid userinfo");
    u->has_user = true;
    u->has_password = str_cut(s, ':', &user, &password);
    int rc = check_escapes(user, e);
    if (rc == 0)
        rc = check_escapes(password, e);
    if (rc < 0)
        return rc;
    u->user = piece_unescape(w, user);
    u->password = piece_unescape(w, password);
    return 0;
}

/* [userinfo@]host[:port]; the last '@' counts, since passwords are written with bare ones. */
static int parse_authority(struct url *u, struct writer *w, struct str s, struct err *e)
{
    ptrdiff_t at = find_last(s, '@');
    int rc = parse_host(u, w, cut_front(s, (size_t)(at + 1)), e);
    if (rc < 0 || at < 0)
        return rc;
    return parse_userinfo(u, w, first(s, (size_t)at), e);
}

/* Takes "scheme:" off the front of *s, if what comes before the first odd character is one. */
static int cut_scheme(struct url *u, struct writer *w, struct str *s, struct err *e)
{
    size_t len = 0;
    while (len < s->len && (ascii_is_alpha(s->p[len]) ||
                            (len > 0 && (ascii_is_digit(s->p[len]) || s->p[len] == '+' ||
                                         s->p[len] == '-' || s->p[len] == '.'))))
        len++;
    if (len == s->len || s->p[len] != ':')
        return 0;
    if (len == 0)
        return err_set(e, ERR_INVALID, "missing protocol scheme");
    char *from = w->at;
    u->scheme = piece_copy(w, first(*s, len));
    for (size_t i = 0; i < len; i++)
        from[i] = ascii_lower(from[i]);
    *s = cut_front(*s, len + 1);
    return 0;
}

/* After the query: "//authority/path", "/path", "path", or what is opaque behind a scheme. */
static int parse_hierarchy(struct url *u, struct writer *w, struct str s, struct err *e)
{
    bool has_scheme = u->scheme.len > 0;
    if (!str_starts(s, "/")) {
        if (has_scheme) {
            u->opaque = piece_copy(w, s);
            return 0;
        }
        struct str segment, rest;
        str_cut(s, '/', &segment, &rest);
        if (str_find(segment, ':') >= 0)
            return err_set(e, ERR_INVALID, "first path segment in URL cannot contain colon");
    }
    /* Without a scheme, three slashes are a path. */
    if (str_starts(s, "//") && (has_scheme || !str_starts(s, "///"))) {
        struct str authority = cut_front(s, 2);
        ptrdiff_t slash = str_find(authority, '/');
        if (slash >= 0)
            authority = first(authority, (size_t)slash);
        s = cut_front(s, authority.len + 2);
        int rc = parse_authority(u, w, authority, e);
        if (rc < 0)
            return rc;
    } else if (has_scheme) {
        u->is_host_omitted = true;
    }
    int rc = check_escapes(s, e);
    if (rc < 0)
        return rc;
    u->path = piece_escape(w, s, path_written_chars, path_chars);
    return 0;
}

static int parse_all(struct url *u, struct writer *w, struct str text, struct err *e)
{
    struct str rest, fragment, query;
    u->has_fragment = str_cut(text, '#', &rest, &fragment);
    for (size_t i = 0; i < rest.len; i++)
        if ((unsigned char)rest.p[i] < ' ' || rest.p[i] == 0x7f)
            return err_set(e, ERR_INVALID, "net/url: invalid control character in URL");
    int rc = cut_scheme(u, w, &rest, e);
    if (rc < 0)
        return rc;
    u->has_query = str_cut(rest, '?', &rest, &query);
    rc = parse_hierarchy(u, w, rest, e);
    if (rc < 0)
        return rc;
    u->query = piece_copy(w, query);
    rc = check_escapes(fragment, e);
    if (rc < 0)
        return rc;
    u->fragment = piece_escape(w, fragment, fragment_written_chars, fragment_chars);
    return 0;
}

/* A piece grows at most threefold, by escaping. In Punycode a letter of two bytes or more has
 * eleven digits at most, and a label of two bytes or more begins with five. */
enum { PLAIN_FACTOR = 3, PUNYCODE_FACTOR = 12 };

/* What can't be encoded stays: no resolver will know it. */
static void set_ascii_host(struct url *u, struct writer *w)
{
    struct buf ascii;
    buf_init(&ascii, BUF_NO_LIMIT);
    u->ascii_host = u->host;
    if (punycode_put_host(&ascii, u->host) == 0)
        u->ascii_host = piece_copy(w, (struct str){ascii.data, ascii.len});
    buf_deinit(&ascii);
}

/* With room for factor bytes for each of the text, and the ends of the pieces. */
static int parse_in(struct url **out, size_t factor, struct str text, struct err *e)
{
    enum { PIECES = 10 };
    if (text.len > SIZE_MAX / 16)
        return err_set(e, ERR_TOO_LARGE, "the URL is too long");
    struct url *u = mem_try_alloc(sizeof *u + factor * text.len + PIECES);
    if (u == NULL)
        return err_set(e, ERR_NOMEM, "out of memory");
    struct str none = {"", 0};
    *u = (struct url){.scheme = none,
                      .user = none,
                      .password = none,
                      .host = none,
                      .ascii_host = none,
                      .port_text = none,
                      .path = none,
                      .query = none,
                      .fragment = none,
                      .opaque = none};
    struct writer w = {(char *)(u + 1)};
    int rc = parse_all(u, &w, text, e);
    if (rc < 0) {
        url_free(u);
        return rc;
    }
    if (factor > PLAIN_FACTOR)
        set_ascii_host(u, &w);
    else
        u->ascii_host = u->host;
    *out = u;
    return 0;
}

int url_parse(struct url **out, struct str text, struct err *e)
{
    if (text.p == NULL)
        text = STR("");
    int rc = parse_in(out, PLAIN_FACTOR, text, e);
    if (rc < 0 || is_ascii((*out)->host))
        return rc;
    url_free(*out);
    return parse_in(out, PUNYCODE_FACTOR, text, e);
}

void url_free(struct url *u)
{
    mem_free(u);
}

bool url_has_host(const struct url *u)
{
    return u->is_ipv6 || u->host.len > 0 || u->port_text.len > 0;
}

uint16_t url_effective_port(const struct url *u)
{
    if (u->port != 0)
        return u->port;
    if (str_eqs(u->scheme, "https") || str_eqs(u->scheme, "wss"))
        return 443;
    return str_eqs(u->scheme, "http") || str_eqs(u->scheme, "ws") ? 80 : 0;
}

static void put_escaped(struct buf *out, struct str s, const char *chars)
{
    for (size_t i = 0; i < s.len; i++) {
        if (may_hold(chars, s.p[i]))
            buf_addc(out, s.p[i]);
        else
            buf_addf(out, "%%%02X", (unsigned char)s.p[i]);
    }
}

static void put_userinfo(struct buf *out, const struct url *u, bool with_password)
{
    if (with_password)
        put_escaped(out, u->user, user_chars);
    else
        buf_adds(out, "****");
    if (u->has_password) {
        buf_addc(out, ':');
        if (with_password)
            put_escaped(out, u->password, user_chars);
        else
            buf_adds(out, "****");
    }
    buf_addc(out, '@');
}

static void put_authority(struct buf *out, const struct url *u, bool with_password)
{
    bool has_host = url_has_host(u);
    if (u->is_host_omitted && !has_host && !u->has_user)
        return;
    if (!has_host && !u->has_user && u->path.len == 0)
        return; /* Go writes "http://" as "http:" */
    if (u->scheme.len == 0 && !has_host && !u->has_user)
        return;
    buf_adds(out, "//");
    if (u->has_user)
        put_userinfo(out, u, with_password);
    if (u->is_ipv6)
        buf_addc(out, '[');
    put_escaped(out, u->host, host_chars);
    if (u->is_ipv6)
        buf_addc(out, ']');
    buf_add_str(out, u->port_text);
}

void url_put(struct buf *out, const struct url *u, bool with_password)
{
    if (u->scheme.len > 0) {
        buf_add_str(out, u->scheme);
        buf_addc(out, ':');
    }
    if (u->opaque.len > 0) {
        buf_add_str(out, u->opaque);
    } else {
        put_authority(out, u, with_password);
        struct str segment, rest;
        str_cut(u->path, '/', &segment, &rest);
        if (u->scheme.len == 0 && str_find(segment, ':') >= 0)
            buf_adds(out, "./"); /* or what is before the colon would read as a scheme */
        buf_add_str(out, u->path);
    }
    if (u->has_query) {
        buf_addc(out, '?');
        buf_add_str(out, u->query);
    }
    if (u->fragment.len > 0) {
        buf_addc(out, '#');
        buf_add_str(out, u->fragment);
    }
}

void url_put_host(struct buf *out, const struct url *u)
{
    if (u->is_ipv6) {
        struct str number, zone; /* a zone means something on this machine only */
        str_cut(u->host, '%', &number, &zone);
        buf_addc(out, '[');
        buf_add_str(out, number);
        buf_addc(out, ']');
    } else {
        buf_add_str(out, u->ascii_host);
    }
    buf_add_str(out, u->port_text);
}

void url_put_request_target(struct buf *out, const struct url *u)
{
    if (u->opaque.len > 0)
        buf_add_str(out, u->opaque);
    else if (u->path.len > 0)
        buf_add_str(out, u->path);
    else
        buf_addc(out, '/');
    if (u->has_query) {
        buf_addc(out, '?');
        buf_add_str(out, u->query);
    }
}

/* RFC 3986 section 5.2.4 on a path that counts as absolute, with or without its first slash. */
static void put_without_dots(struct buf *out, struct str path)
{
    size_t start = out->len;
    if (path.len > 0 && path.p[0] == '/')
        path = cut_front(path, 1);
    struct str segment;
    bool is_dots = false;
    for (bool more = true; more;) {
        more = str_cut(path, '/', &segment, &path);
        is_dots = str_eqs(segment, ".") || str_eqs(segment, "..");
        if (!is_dots) {
            buf_addc(out, '/');
            buf_add_str(out, segment);
        } else if (segment.len == 2) {
            ptrdiff_t slash = find_last((struct str){out->data + start, out->len - start}, '/');
            buf_truncate(out, start + (slash > 0 ? (size_t)slash : 0));
        }
    }
    if (is_dots || out->len == start)
        buf_addc(out, '/');
}

/* Section 5.2.3: reference in place of what follows base's last slash. */
static void put_resolved_path(struct buf *out, struct str base, struct str reference)
{
    struct buf merged;
    buf_init(&merged, BUF_NO_LIMIT);
    if (reference.len == 0)
        buf_add_str(&merged, base);
    else if (reference.p[0] != '/')
        buf_add(&merged, base.p, (size_t)(find_last(base, '/') + 1));
    buf_add_str(&merged, reference);
    if (merged.len > 0)
        put_without_dots(out, (struct str){merged.data, merged.len});
    buf_deinit(&merged);
}

int url_resolve(struct url **out, const struct url *base, struct str reference, struct err *e)
{
    struct url *r = NULL;
    struct buf path, text;
    buf_init(&path, BUF_NO_LIMIT);
    buf_init(&text, BUF_NO_LIMIT);
    int rc = url_parse(&r, reference, e);
    if (rc < 0)
        goto done;
    struct url joined = *r; /* borrows from r, base and path; only its text is kept */
    if (r->opaque.len == 0) {
        if (r->scheme.len > 0 || url_has_host(r) || r->has_user) {
            put_resolved_path(&path, r->path, (struct str){"", 0});
        } else {
            put_resolved_path(&path, base->path, r->path);
            joined = *base;
            if (r->path.len > 0 || r->has_query) {
                joined.query = r->query;
                joined.has_query = r->has_query;
            }
            if (r->path.len > 0 || r->has_query || r->fragment.len > 0)
                joined.fragment = r->fragment;
            joined.opaque = (struct str){"", 0};
        }
        joined.scheme = r->scheme.len > 0 ? r->scheme : base->scheme;
        joined.path = (struct str){path.data, path.len};
        if (str_starts(joined.path, "//"))
            joined.is_host_omitted = false; /* or the path would read as a host */
    }
    url_put(&text, &joined, true);
    rc = buf_failed(&text) || buf_failed(&path)
             ? err_set(e, ERR_NOMEM, "out of memory")
             : url_parse(out, (struct str){text.data, text.len}, e);
done:
    url_free(r);
    buf_deinit(&path);
    buf_deinit(&text);
    return rc;
}

void url_put_query_escaped(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == ' ')
            buf_addc(out, '+');
        else
            put_escaped(out, first(cut_front(s, i), 1), query_chars);
    }
}

int url_unescape_query(struct buf *out, struct str s)
{
    if (check_escapes(s, NULL) < 0)
        return ERR_INVALID;
    int rc = 0;
    for (size_t i = 0; i < s.len && rc == 0; i++) {
        int byte = s.p[i] == '%' ? escaped_byte(s, i) : -1;
        rc = buf_addc(out, byte >= 0 ? (char)byte : s.p[i] == '+' ? ' ' : s.p[i]);
        i += byte >= 0 ? 2 : 0;
    }
    return rc;
}
