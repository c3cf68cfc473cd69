/* module_url.c - the names of modules; see module_url.h. Knows no file system and no engine.
 * A module's URL is its identity: two specifiers that lead to one file give one module. Tests:
 * module_url_test.c. */
#include "js/module_url.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static const char FILE_SCHEME[] = "file://";
static const char HTTPS_SCHEME[] = "https://";

bool module_url_is_builtin(const char *name)
{
    return strcmp(name, "k6") == 0 || strncmp(name, "k6/", 3) == 0;
}

static bool is_plain_in_path(unsigned char c)
{
    return ascii_is_alpha((char)c) || ascii_is_digit((char)c) ||
           (c != '\0' && strchr("-_.~$&+,/:;=@!'()*", c) != NULL);
}

/* Escapes what a URL's path may not hold. keep_percent: an escape that is written already stays. */
static void put_escaped(struct buf *out, struct str path, bool keep_percent)
{
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool is_escape = keep_percent && c == '%' && i + 2 < path.len &&
                         hex_value(path.p[i + 1]) >= 0 && hex_value(path.p[i + 2]) >= 0;
        if (is_plain_in_path(c) || is_escape)
            buf_addc(out, (char)c);
        else
            buf_addf(out, "%%%02X", c);
    }
}

/* Appends the path with "." and ".." resolved; both stay below the root. out holds what comes
 * before the path, of length root. */
static void put_resolved(struct buf *out, size_t root, struct str path)
{
    struct str segment, rest = path;
    bool more = true;
    while (more) {
        struct str all = rest;
        more = str_cut(all, '/', &segment, &rest);
        if (!more)
            segment = all;
        bool is_up = str_eqs(segment, "..");
        if (is_up || segment.len == 0 || str_eqs(segment, ".")) {
            if (is_up) {
                while (out->len > root && out->data[out->len - 1] != '/')
                    buf_truncate(out, out->len - 1);
                if (out->len > root)
                    buf_truncate(out, out->len - 1);
            }
            if (!more) /* a directory */
                buf_addc(out, '/');
            continue;
        }
        buf_addc(out, '/');
        buf_add_str(out, segment);
    }
    if (out->len == root)
        buf_addc(out, '/');
}

/* origin: "file://" or "https://host". */
static char *finish(struct str origin, struct str escaped_path)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    buf_add_str(&out, origin);
    put_resolved(&out, out.len, escaped_path);
    return buf_take(&out);
}

char *module_url_from_path(const char *path)
{
    struct buf escaped;
    buf_init(&escaped, BUF_NO_LIMIT);
    put_escaped(&escaped, str_of(path), false);
    char *url = finish(STR("file://"), (struct str){escaped.data, escaped.len});
    buf_deinit(&escaped);
    return url;
}

char *module_url_to_path(const char *url)
{
    struct str s = str_of(url);
    if (!str_starts(s, FILE_SCHEME))
        return NULL;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    for (size_t i = sizeof FILE_SCHEME - 1; i < s.len; i++) {
        int high, low;
        if (s.p[i] == '%' && i + 2 < s.len && (high = hex_value(s.p[i + 1])) >= 0 &&
            (low = hex_value(s.p[i + 2])) >= 0) {
            buf_addc(&out, (char)(high << 4 | low));
            i += 2;
        } else {
            buf_addc(&out, s.p[i]);
        }
    }
    return buf_take(&out);
}

/* "https://host" of "https://host/a.js"; "file://" else. */
static struct str origin_of(struct str url)
{
    if (!str_starts(url, HTTPS_SCHEME))
        return str_of(FILE_SCHEME);
    size_t host = sizeof HTTPS_SCHEME - 1;
    ptrdiff_t slash = str_find((struct str){url.p + host, url.len - host}, '/');
    return (struct str){url.p, slash < 0 ? url.len : host + (size_t)slash};
}

/* The folder of a URL without its origin; "" when it is of another kind. */
static struct str folder_of(struct str url, struct str origin)
{
    if (!str_starts(url, FILE_SCHEME) && !str_starts(url, HTTPS_SCHEME))
        return STR("");
    size_t end = origin.len;
    for (size_t i = origin.len; i < url.len && url.p[i] != '?'; i++)
        if (url.p[i] == '/')
            end = i;
    return (struct str){url.p + origin.len, end - origin.len};
}

static int resolve_path(char **out, const char *base_url, struct str path)
{
    struct buf joined;
    struct str base = str_of(base_url);
    struct str origin = origin_of(base);
    struct str query = {NULL, 0};
    struct str all = path;
    bool has_query = origin.len > sizeof FILE_SCHEME && str_cut(all, '?', &path, &query);
    if (!has_query)
        path = all;
    buf_init(&joined, BUF_NO_LIMIT);
    if (path.len == 0 || path.p[0] != '/') {
        buf_add_str(&joined, folder_of(base, origin));
        buf_addc(&joined, '/');
    }
    put_escaped(&joined, path, true);
    *out = finish(origin, (struct str){joined.data, joined.len});
    buf_deinit(&joined);
    if (has_query) {
        char *url = *out;
        *out = mem_printf("%s?%.*s", url, (int)query.len, query.p);
        mem_free(url);
    }
    return 0;
}

int module_url_resolve(char **out, const char *base_url, const char *specifier, struct err *e)
{
    struct str spec = str_of(specifier);
    *out = NULL;
    if (module_url_is_builtin(specifier)) {
        *out = mem_strdup(specifier);
        return 0;
    }
    if (spec.len == 0)
        return err_set(e, ERR_INVALID, "local or remote path required");
    if (str_starts(spec, FILE_SCHEME) && str_starts(str_of(base_url), HTTPS_SCHEME))
        return err_set(e, ERR_INVALID, "origin (%s) not allowed to load local file: %s", base_url,
                       specifier);
    if (str_starts(spec, FILE_SCHEME)) {
        spec.p += sizeof FILE_SCHEME - 1;
        spec.len -= sizeof FILE_SCHEME - 1;
        if (spec.len == 0 || spec.p[0] != '/')
            return err_set(e, ERR_INVALID, "the file URL \"%s\" has no absolute path", specifier);
        return resolve_path(out, base_url, spec);
    }
    if (str_starts(spec, "./") || str_starts(spec, "../") || spec.p[0] == '/' ||
        str_eqs(spec, ".") || str_eqs(spec, ".."))
        return resolve_path(out, base_url, spec);
    if (str_starts(spec, HTTPS_SCHEME)) {
        *out = mem_strdup(specifier);
        return 0;
    }
    ptrdiff_t scheme_len = str_finds(spec, "://");
    if (scheme_len > 0)
        return err_set(e, ERR_INVALID,
                       "only supported schemes for imports are file and https, %s has `%.*s`",
                       specifier, (int)scheme_len, spec.p);
    return err_set(e, ERR_INVALID,
                   "The moduleSpecifier \"%s\" couldn't be recognised as something c6 supports.",
                   specifier);
}
