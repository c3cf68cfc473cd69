/* pem.c - see pem.h. A block is "-----BEGIN x-----" at the start of a line, perhaps header lines
 * and an empty line, base64, "-----END x-----". Knows nothing of what the bytes mean.
 * Spec: RFC 7468, and RFC 1421 for headers. Tests: pem_test.c, fuzz/pem_fuzz.c */
#include "modules/x509/pem.h"

#include "base/err.h"
#include "modules/base64.h"

static const char BEGIN[] = "-----BEGIN ";
static const char END[] = "-----END ";
static const char DASHES[] = "-----";

/* Cuts the first line off, without its end and trailing white space. False: there is none. */
static bool next_line(struct str *rest, struct str *line)
{
    struct str all = *rest;
    if (all.len == 0)
        return false;
    if (!str_cut(all, '\n', line, rest)) {
        *line = all;
        *rest = (struct str){all.p + all.len, 0};
    }
    while (line->len > 0 && ascii_is_space(line->p[line->len - 1]))
        line->len--;
    return true;
}

/* The name in a line "-----BEGIN name-----". */
static bool get_name(struct str line, const char *begin, size_t begin_len, struct str *name)
{
    size_t dashes = sizeof DASHES - 1;
    if (!str_starts(line, begin) || line.len < begin_len + dashes || !str_ends(line, DASHES))
        return false;
    *name = (struct str){line.p + begin_len, line.len - begin_len - dashes};
    return true;
}

static int add_text(struct buf *base64, struct str line)
{
    int rc = 0;
    for (size_t i = 0; i < line.len && rc == 0; i++)
        if (line.p[i] != ' ' && line.p[i] != '\t')
            rc = buf_addc(base64, line.p[i]);
    return rc;
}

/* The base64 text between the line after BEGIN and the END of that name; moves *rest behind it. */
static int collect(struct buf *base64, struct str name, struct str *rest)
{
    struct str line, end;
    bool may_be_header = true;
    while (next_line(rest, &line)) {
        if (get_name(line, END, sizeof END - 1, &end))
            return str_eq(end, name) ? 0 : ERR_INVALID;
        if (str_starts(line, BEGIN)) /* another one: looked at next, so that all is read once */
            return ERR_INVALID;
        may_be_header = may_be_header && str_find(line, ':') >= 0;
        if (may_be_header)
            continue;
        int rc = add_text(base64, line);
        if (rc < 0)
            return rc;
    }
    return ERR_INVALID;
}

int pem_first_block(struct buf *out, struct str text)
{
    struct str rest = text, line, name;
    struct buf base64;
    int rc = ERR_NOT_FOUND;
    buf_init(&base64, text.len);
    while (rc == ERR_NOT_FOUND && next_line(&rest, &line)) {
        if (!get_name(line, BEGIN, sizeof BEGIN - 1, &name))
            continue;
        struct str inside = rest;
        buf_clear(&base64);
        if (collect(&base64, name, &inside) == 0 &&
            base64_decode(out, BASE64_STD, (struct str){base64.data, base64.len}, NULL) == 0)
            rc = 0;
    }
    buf_deinit(&base64);
    return rc;
}
