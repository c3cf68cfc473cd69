/* str.c - borrowed text: comparing, searching, cutting, hashing, and the nearest of several words.
 * UTF-8 is in utf8.c. Allocates nothing but the rows of str_distance.
 * Tests: str_test.c */
#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/mem.h"

struct str str_of(const char *s)
{
    return (struct str){s != NULL ? s : "", s != NULL ? strlen(s) : 0};
}

bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool str_eqs(struct str a, const char *b)
{
    return str_eq(a, str_of(b));
}

/* On the path of every request (names of header fields): a byte costs one comparison as a rule. */
bool str_ieqs(struct str a, const char *b)
{
    for (size_t i = 0; i < a.len; i++) {
        uint8_t x = (uint8_t)a.p[i];
        uint8_t y = (uint8_t)b[i];
        if (y == '\0')
            return false;
        if (x != y && ((x ^ y) != 0x20 || (uint8_t)((x | 0x20) - 'a') > 'z' - 'a'))
            return false;
    }
    return b[a.len] == '\0';
}

int str_cmp(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.p, b.p, len) : 0;
    if (order == 0 && a.len != b.len)
        return a.len < b.len ? -1 : 1;
    return order;
}

bool str_starts(struct str s, const char *prefix)
{
    size_t len = strlen(prefix);
    return s.len >= len && memcmp(s.p, prefix, len) == 0;
}

bool str_ends(struct str s, const char *suffix)
{
    size_t len = strlen(suffix);
    return s.len >= len && memcmp(s.p + s.len - len, suffix, len) == 0;
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && ascii_is_space(s.p[0])) {
        s.p++;
        s.len--;
    }
    while (s.len > 0 && ascii_is_space(s.p[s.len - 1]))
        s.len--;
    return s;
}

ptrdiff_t str_find(struct str s, char c)
{
    const char *at = s.len > 0 ? memchr(s.p, c, s.len) : NULL;
    return at != NULL ? at - s.p : -1;
}

ptrdiff_t str_finds(struct str s, const char *what)
{
    size_t len = strlen(what);
    if (len == 0)
        return 0;
    const char *at = s.len >= len ? memmem(s.p, s.len, what, len) : NULL;
    return at != NULL ? at - s.p : -1;
}

bool str_cut(struct str s, char sep, struct str *head, struct str *tail)
{
    ptrdiff_t at = str_find(s, sep);
    if (at < 0) {
        *head = s;
        *tail = (struct str){s.p + s.len, 0};
        return false;
    }
    *head = (struct str){s.p, (size_t)at};
    *tail = (struct str){s.p + at + 1, s.len - (size_t)at - 1};
    return true;
}

/* Set once before main and only read afterwards. Without a seed, whoever chooses the keys (a server
 * its header names, say) could choose them all for one slot. */
static uint64_t str_seed = UINT64_C(0x9e3779b97f4a7c15);

__attribute__((constructor)) static void str_seed_init(void)
{
    const void *random =
        (const void *)(uintptr_t)getauxval(AT_RANDOM); /* 16 bytes from the kernel */
    if (random != NULL)
        memcpy(&str_seed, random, sizeof str_seed);
}

/* The high and low half of a 128-bit product, folded: every input bit reaches every output bit. */
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
    __extension__ unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t str_hash(struct str s)
{
    static const uint64_t k0 = UINT64_C(0xa0761d6478bd642f);
    static const uint64_t k1 = UINT64_C(0xe7037ed1a0b428db);
    uint64_t h = str_seed ^ (s.len * k0);
    const char *p = s.p;
    size_t left = s.len;
    uint64_t word;
    for (; left >= 8; p += 8, left -= 8) {
        memcpy(&word, p, 8);
        h = hash_mix(h ^ word, k1);
    }
    if (left > 0) {
        word = 0;
        memcpy(&word, p, left);
        h = hash_mix(h ^ word, k0);
    }
    return hash_mix(h ^ k1, k0);
}

bool ascii_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool ascii_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int min_int(int a, int b)
{
    return a < b ? a : b;
}

int str_distance(const char *a, const char *b)
{
    size_t a_len = strlen(a);
    size_t b_len = strlen(b);
    /* Three rows of the edit table: a swap looks two rows back. */
    int *rows = mem_calloc(3 * (b_len + 1), sizeof(int));
    int *before = rows;
    int *above = rows + (b_len + 1);
    int *row = rows + 2 * (b_len + 1);
    for (size_t j = 0; j <= b_len; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= a_len; i++) {
        int *oldest = before;
        before = above;
        above = row;
        row = oldest;
        row[0] = (int)i;
        for (size_t j = 1; j <= b_len; j++) {
            int cost = above[j - 1] + (a[i - 1] != b[j - 1]);
            cost = min_int(cost, min_int(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = min_int(cost, before[j - 2] + 1);
            row[j] = cost;
        }
    }
    int distance = row[b_len];
    mem_free(rows);
    return distance;
}

const char *str_nearest(const char *word, const char *const *candidates)
{
    size_t len = strlen(word);
    if (len > 256) /* no candidate is that long, and the table grows with the square */
        return NULL;
    /* One slip in a short word, up to three in a long one: more, and the guess is only confusing.
     */
    int allowed = len <= 3 ? 1 : len <= 8 ? 2 : 3;
    const char *best = NULL;
    for (; *candidates != NULL; candidates++) {
        int distance = str_distance(word, *candidates);
        if (distance <= allowed && distance < (int)strlen(*candidates)) {
            best = *candidates;
            allowed = distance - 1;
        }
    }
    return best;
}
