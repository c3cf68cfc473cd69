/* html_doctype.c - <!DOCTYPE ...>: its name and identifiers, and whether it asks for the rules of
 * old browsers (of those one matters here: a table does not end a paragraph then).
 * Source: HTML standard, "The initial insertion mode". Tests: html_tree_test.c */
#include <string.h>

#include "base/mem.h"
#include "modules/html/html_int.h"

/* Public identifiers that begin so ask for them. */
static const char *const old_ids[] = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
};

/* These are such as a whole. */
static const char *const old_whole_ids[] = {
    "-//w3o//dtd w3 html strict 3.0//en//",
    "-/w3d/dtd html 4.0 transitional/en",
    "html",
};

/* And these only without a system identifier. */
static const char *const old_alone_ids[] = {
    "-//w3c//dtd html 4.01 frameset//",
    "-//w3c//dtd html 4.01 transitional//",
};

static const char old_system_id[] = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static bool begins(struct str s, const char *lower)
{
    size_t len = strlen(lower);
    return s.len >= len && str_ieqs((struct str){s.p, len}, lower);
}

static bool is_old_public(struct str id, bool is_alone)
{
    for (size_t i = 0; i < COUNT(old_whole_ids); i++)
        if (str_ieqs(id, old_whole_ids[i]))
            return true;
    for (size_t i = 0; i < COUNT(old_ids); i++)
        if (begins(id, old_ids[i]))
            return true;
    for (size_t i = 0; i < COUNT(old_alone_ids) && is_alone; i++)
        if (begins(id, old_alone_ids[i]))
            return true;
    return false;
}

/* Takes a quoted identifier off the front. False: there is none. */
static bool take_id(struct str *s, struct str *id)
{
    *s = html_trim_left(*s);
    if (s->len == 0 || (*s->p != '"' && *s->p != '\''))
        return false;
    char quote = *s->p;
    struct str rest = {s->p + 1, s->len - 1};
    ptrdiff_t close = str_find(rest, quote);
    size_t len = close >= 0 ? (size_t)close : rest.len;
    *id = (struct str){rest.p, len};
    len += close >= 0 ? 1 : 0;
    *s = (struct str){rest.p + len, rest.len - len};
    return true;
}

/* PUBLIC "id" "id" or SYSTEM "id": how many there were. *is_odd: something else was there, too. */
static uint32_t take_ids(struct str s, struct html_attr ids[2], bool *is_odd)
{
    uint32_t count = 0;
    bool is_public = begins(s, "public");
    *is_odd = true;
    if (!is_public && !begins(s, "system"))
        return 0;
    s = (struct str){s.p + 6, s.len - 6};
    if (is_public && take_id(&s, &ids[count].value))
        ids[count++].key = STR("public");
    if ((count > 0 || !is_public) && take_id(&s, &ids[count].value)) {
        ids[count++].key = STR("system");
        *is_odd = s.len > 0;
    }
    return count;
}

static struct str copy_lower(struct html_doc *d, struct str s)
{
    char *copy = html_doc_try_alloc(d, s.len);
    for (size_t i = 0; copy && i < s.len; i++)
        copy[i] = ascii_lower(s.p[i]);
    return copy ? (struct str){copy, s.len} : STR("");
}

struct html_node *html_doctype_parse(struct html_doc *d, struct str text, bool *is_quirks)
{
    struct html_attr ids[2] = {{.prefix = ""}, {.prefix = ""}};
    size_t len = 0;
    while (len < text.len && !html_is_space(text.p[len]))
        len++;
    struct str name = {text.p, len};
    struct str rest = html_trim_left((struct str){text.p + len, text.len - len});
    *is_quirks = !str_eqs(name, "html");
    struct html_node *n = html_node_new(d, HTML_DOCTYPE, copy_lower(d, name));
    if (rest.len < 6) {
        *is_quirks |= rest.len > 0;
        return n;
    }
    bool is_odd;
    n->attr_count = take_ids(rest, ids, &is_odd);
    if (n->attr_count > 0) {
        struct html_attr *attrs = html_doc_alloc(d, sizeof ids);
        memcpy(attrs, ids, sizeof ids);
        n->attrs = attrs;
    }
    *is_quirks |= is_odd;
    for (uint32_t i = 0; i < n->attr_count; i++) {
        if (i == 0 && str_eqs(ids[i].key, "public"))
            *is_quirks |= is_old_public(ids[i].value, n->attr_count == 1);
        else if (i + 1 == n->attr_count)
            *is_quirks |= str_ieqs(ids[i].value, old_system_id);
    }
    return n;
}
