/* html_tag.c - see html_tag.h. Names are looked up once for each tag of a page, so they are
 * compared as two machine words each, among those of the same length. Tests: html_tag_test.c */
#include "modules/html/html_tag.h"

#include <string.h>

enum { NAME_MAX_LEN = 16 };

static const char names[TAG_COUNT][NAME_MAX_LEN] = {
#define X(id, name, facts) [TAG_##id] = name,
    HTML_TAGS(X)
#undef X
};

static const uint8_t lengths[TAG_COUNT] = {
#define X(id, name, facts) [TAG_##id] = sizeof(name) - 1,
    HTML_TAGS(X)
#undef X
};

static const uint32_t all_facts[TAG_COUNT] = {
#define X(id, name, facts) [TAG_##id] = (facts),
    HTML_TAGS(X)
#undef X
};

/* The first tag of each length. */
static const uint8_t first_of_length[NAME_MAX_LEN] = {
    [0] = TAG_COUNT,
    [1] = TAG_A,
    [2] = TAG_BR,
    [3] = TAG_BIG,
    [4] = TAG_AREA,
    [5] = TAG_ASIDE,
    [6] = TAG_APPLET,
    [7] = TAG_ADDRESS,
    [8] = TAG_BASEFONT,
    [9] = TAG_PLAINTEXT,
    [10] = TAG_BLOCKQUOTE,
    [11] = TAG_COUNT,
    [12] = TAG_COUNT,
    [13] = TAG_FOREIGNOBJECT,
    [14] = TAG_ANNOTATION_XML,
    [15] = TAG_COUNT,
};

enum html_tag html_tag_find(struct str name)
{
    uint64_t wanted[2] = {0}, known[2];
    if (name.len == 0 || name.len >= NAME_MAX_LEN)
        return TAG_NONE;
    memcpy(wanted, name.p, name.len);
    for (unsigned i = first_of_length[name.len]; i < TAG_COUNT && lengths[i] == name.len; i++) {
        memcpy(known, names[i], sizeof known);
        if (known[0] == wanted[0] && known[1] == wanted[1])
            return (enum html_tag)i;
    }
    return TAG_NONE;
}

uint32_t html_tag_facts(enum html_tag tag)
{
    return all_facts[tag];
}

struct str html_tag_name(enum html_tag tag)
{
    return (struct str){names[tag], lengths[tag]};
}
