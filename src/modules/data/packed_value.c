/* packed_value.c - see packed_value.h. Properties are defined read-only from the start: freezing
 * afterwards would give each object a shape of its own, which costs more than all the rest. Nesting
 * is kept on a list of our own, so that the depth of the data never meets the end of a fiber's
 * stack. Tests: test/js/shared_array_*.js */
#include "modules/data/packed_value.h"

#include "base/mem.h"
#include "base/vec.h"
#include "js/jsarg.h"
#include "modules/data/packed.h"
#include "modules/data/shared_array.h"

/* A list or map that is being filled. */
struct open_value {
    JSValue value;
    uint64_t left; /* items or pairs to come */
    uint32_t next; /* of a list: index of the next item */
    bool is_map;
    JSAtom key; /* of a map: of the value that comes next */
};
typedef VEC(struct open_value) open_list;

void packed_atoms_init(struct packed_atoms *a, const struct shared_array *of)
{
    a->of = of;
    a->items = mem_calloc(shared_array_key_count(of) + 1, sizeof *a->items);
}

void packed_atoms_deinit(struct packed_atoms *a, JSRuntime *rt)
{
    for (uint32_t i = 0; i < shared_array_key_count(a->of); i++)
        JS_FreeAtomRT(rt, a->items[i]);
    mem_free(a->items);
    a->items = NULL;
}

/* Reads a key; the atom is the caller's. JS_ATOM_NULL with an exception pending. */
static JSAtom read_key(JSContext *ctx, struct packed_atoms *atoms, const uint8_t **p)
{
    int place;
    struct str text;
    *p = packed_key(*p, &place, &text);
    if (place < 0)
        return JS_NewAtomLen(ctx, text.p, text.len);
    if (atoms->items[place] == JS_ATOM_NULL) {
        text = shared_array_key(atoms->of, (uint32_t)place);
        atoms->items[place] = JS_NewAtomLen(ctx, text.p, text.len);
    }
    return JS_DupAtom(ctx, atoms->items[place]);
}

/* A value that holds no others, or an empty list or map to fill. */
static JSValue read_item(JSContext *ctx, const struct packed_item *item)
{
    switch (item->type) {
    case PACKED_NULL:
        return JS_NULL;
    case PACKED_FALSE:
        return JS_FALSE;
    case PACKED_TRUE:
        return JS_TRUE;
    case PACKED_INVALID:
        return JS_ThrowSyntaxError(ctx, "this element of the SharedArray has no JSON form");
    case PACKED_INT:
        return JS_NewInt64(ctx, item->integer);
    case PACKED_DOUBLE:
        return JS_NewFloat64(ctx, item->number);
    case PACKED_TEXT:
        return JS_NewStringLen(ctx, item->text.p, item->text.len);
    case PACKED_LIST:
        return JS_NewArray(ctx);
    case PACKED_MAP:
        return JS_NewObject(ctx);
    }
    return JS_NULL;
}

/* Puts a finished value into what is being filled. Takes v. */
static int add_to(JSContext *ctx, struct open_value *to, JSValue v)
{
    int rc;
    to->left--;
    if (!to->is_map)
        return JS_DefinePropertyValueUint32(ctx, to->value, to->next++, v, JS_PROP_C_W_E);
    rc = JS_DefinePropertyValue(ctx, to->value, to->key, v, JS_PROP_ENUMERABLE);
    JS_FreeAtom(ctx, to->key);
    to->key = JS_ATOM_NULL;
    return rc;
}

static int freeze(JSContext *ctx, const struct open_value *done)
{
    if (done->is_map)
        return JS_PreventExtensions(ctx, done->value);
    return JS_FreezeObject(ctx, done->value);
}

static void drop_all(JSContext *ctx, open_list *open)
{
    while (open->len > 0) {
        struct open_value v = VEC_POP(open);
        JS_FreeAtom(ctx, v.key);
        JS_FreeValue(ctx, v.value);
    }
}

/* Fills what is open, innermost first, until all is done: the value of the outermost. */
static JSValue fill(JSContext *ctx, struct packed_atoms *atoms, const uint8_t *p, open_list *open)
{
    for (;;) {
        struct open_value *top = &VEC_LAST(open);
        if (top->left == 0) {
            if (freeze(ctx, top) < 0)
                return JS_EXCEPTION;
            struct open_value done = VEC_POP(open);
            if (open->len == 0)
                return done.value;
            if (add_to(ctx, &VEC_LAST(open), done.value) < 0)
                return JS_EXCEPTION;
            continue;
        }
        if (top->is_map && (top->key = read_key(ctx, atoms, &p)) == JS_ATOM_NULL)
            return JS_EXCEPTION;
        struct packed_item item;
        p = packed_next(p, &item);
        JSValue v = read_item(ctx, &item);
        if (JS_IsException(v))
            return v;
        if (item.type == PACKED_LIST || item.type == PACKED_MAP)
            VEC_PUSH(open, ((struct open_value){v, item.count, 0, item.type == PACKED_MAP, 0}));
        else if (add_to(ctx, top, v) < 0)
            return JS_EXCEPTION;
    }
}

JSValue packed_value(JSContext *ctx, struct packed_atoms *atoms, const uint8_t *p)
{
    struct packed_item item;
    p = packed_next(p, &item);
    JSValue v = read_item(ctx, &item);
    if (JS_IsException(v) || (item.type != PACKED_LIST && item.type != PACKED_MAP))
        return v;
    open_list open = {0};
    VEC_PUSH(&open, ((struct open_value){v, item.count, 0, item.type == PACKED_MAP, 0}));
    v = fill(ctx, atoms, p, &open);
    drop_all(ctx, &open);
    VEC_DEINIT(&open);
    return v;
}
