/* ts_name.c - which name means what: scopes, uses, the members of namespaces and enums.
 * A scope is judged when it closes, since names may be used above their declaration: uses of what
 * it declares are settled, the others are left to the scope around it. So the uses left over when
 * the module closes are those of its own declarations, and imports without any were types.
 * Tests: typescript_test.c */
#include "js/ts/ts_int.h"

#include <string.h>

uint32_t ts_symbol(struct ts *p, uint32_t start, uint32_t end)
{
    struct str text = {p->src + start, end - start};
    size_t found = (size_t)(uintptr_t)map_get(p->symbols, text);
    if (found > 0)
        return (uint32_t)found - 1;
    VEC_PUSH(&p->names, text);
    VEC_PUSH(&p->marks, 0);
    VEC_PUSH(&p->flags, 0);
    map_put(p->symbols, text, (void *)(uintptr_t)p->names.len);
    return (uint32_t)p->names.len - 1;
}

struct str ts_text(const struct ts *p, uint32_t symbol)
{
    return p->names.items[symbol];
}

void ts_refer(struct ts *p, uint32_t start, uint32_t end, bool is_shorthand)
{
    if (p->failed)
        return;
    struct ts_ref r = {ts_symbol(p, start, end), start, is_shorthand};
    VEC_PUSH(&p->refs, r);
}

struct ts_scope *ts_scope(struct ts *p)
{
    return &VEC_LAST(&p->scopes);
}

void ts_declare(struct ts *p, uint32_t symbol, uint32_t flags)
{
    struct ts_decl d = {symbol, flags};
    VEC_PUSH(&p->decls, d);
}

uint32_t ts_declared(const struct ts *p, uint32_t symbol)
{
    uint32_t flags = 0;
    for (size_t i = VEC_LAST(&p->scopes).first_decl; i < p->decls.len; i++)
        if (p->decls.items[i].symbol == symbol && !(p->decls.items[i].flags & DECL_EARLIER))
            flags |= p->decls.items[i].flags;
    return flags;
}

void ts_open(struct ts *p, bool is_function)
{
    struct ts_scope s = {
        .serial = ++p->serial,
        .first_ref = (uint32_t)p->refs.len,
        .first_decl = (uint32_t)p->decls.len,
        .is_function = is_function,
    };
    VEC_PUSH(&p->scopes, s);
}

void ts_open_space(struct ts *p, struct ts_space *space, const char *holder)
{
    ts_open(p, true);
    ts_scope(p)->space = space;
    ts_scope(p)->holder = holder;
    for (size_t i = 0; i < space->members.len; i++)
        ts_declare(p, space->members.items[i], DECL_VALUE | DECL_EARLIER);
}

/* Marks the scope's names; what stands later wins, and anything wins over earlier blocks. */
static void mark_names(struct ts *p, const struct ts_scope *s)
{
    for (size_t i = s->first_decl; i < p->decls.len; i++) {
        const struct ts_decl *d = &p->decls.items[i];
        if (!(d->flags & DECL_VALUE))
            continue;
        bool is_marked = p->marks.items[d->symbol] == s->serial;
        if (is_marked && d->flags & DECL_EARLIER)
            continue;
        p->marks.items[d->symbol] = s->serial;
        p->flags.items[d->symbol] = d->flags;
    }
}

/* A member's use becomes a use of its holder: x -> N$1.x, { x } -> { x: N$1.x }. */
static void write_member(struct ts *p, const struct ts_scope *s, const struct ts_ref *r)
{
    struct str name = ts_text(p, r->symbol);
    if (r->is_shorthand)
        ts_insert(p, r->start, "%.*s: %s.", (int)name.len, name.p, s->holder);
    else
        ts_insert(p, r->start, "%s.", s->holder);
}

/* var in a block belongs to the function around it. */
static void keep_hoisted(struct ts *p, const struct ts_scope *s)
{
    size_t kept = s->first_decl;
    for (size_t i = s->first_decl; !s->is_function && i < p->decls.len; i++)
        if (p->decls.items[i].flags & DECL_HOISTED)
            p->decls.items[kept++] = p->decls.items[i];
    p->decls.len = kept;
}

void ts_close(struct ts *p)
{
    if (p->scopes.len == 0)
        return;
    struct ts_scope s = VEC_POP(&p->scopes);
    if (p->failed) /* the rest goes back or goes away */
        return;
    mark_names(p, &s);
    size_t kept = s.first_ref;
    for (size_t i = s.first_ref; i < p->refs.len; i++) {
        const struct ts_ref *r = &p->refs.items[i];
        if (p->marks.items[r->symbol] != s.serial)
            p->refs.items[kept++] = *r;
        else if (p->flags.items[r->symbol] & (DECL_MEMBER | DECL_EARLIER))
            write_member(p, &s, r);
    }
    p->refs.len = kept;
    keep_hoisted(p, &s);
}

/* ---- namespaces and enums ---- */

struct ts_space *ts_space_get(struct ts *p, uint32_t symbol)
{
    struct ts_scope *around = ts_scope(p);
    for (size_t i = 0; i < p->spaces.len; i++) {
        struct ts_space *s = p->spaces.items[i];
        bool is_same_place = around->space != NULL
                                 ? s->parent == around->space
                                 : s->parent == NULL && s->scope == around->serial;
        if (is_same_place && s->symbol == symbol)
            return s;
    }
    struct ts_space *s = MEM_NEW(struct ts_space);
    s->parent = around->space;
    s->scope = around->serial;
    s->symbol = symbol;
    VEC_PUSH(&p->spaces, s);
    return s;
}

void ts_space_add(struct ts_space *s, uint32_t member)
{
    if (!ts_space_has(s, member))
        VEC_PUSH(&s->members, member);
}

bool ts_space_has(const struct ts_space *s, uint32_t member)
{
    for (size_t i = 0; i < s->members.len; i++)
        if (s->members.items[i] == member)
            return true;
    return false;
}

const char *ts_fresh_name(struct ts *p, struct str base)
{
    for (int i = 1;; i++) {
        const char *name = arena_printf(p->arena, "%.*s$%d", (int)base.len, base.p, i);
        if (memmem(p->src, p->len, name, strlen(name)) == NULL)
            return name;
    }
}
