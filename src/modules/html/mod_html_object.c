/* mod_html_object.c - the one class of everything that scripts see of a page. Its objects look as
 * k6's do: all fields and methods are own, enumerable and listed; none can be added, changed or
 * deleted, but for a Selection's url. Methods are bound anew at each reading, as in k6: they work
 * without their object.
 * Tests: test/js/html_*.js */
#include <string.h>

#include "modules/html/mod_html_int.h"

/* ---- names ---- */

static const char *const names[NAME_COUNT] = {
#define X(name) [NAME_##name] = #name,
    HTML_NAMES(X)
#undef X
};

void mod_html_state_init(JSContext *ctx, struct html_state *st)
{
    for (int i = 0; i < NAME_COUNT; i++) {
        st->atoms[i] = JS_NewAtom(ctx, names[i]);
        unsigned slot = st->atoms[i] & (NAME_SLOTS - 1);
        while (st->slots[slot] != 0)
            slot = (slot + 1) & (NAME_SLOTS - 1);
        st->slots[slot] = (uint16_t)(i + 1);
    }
}

void mod_html_state_deinit(JSContext *ctx, struct html_state *st)
{
    for (int i = 0; i < NAME_COUNT; i++)
        JS_FreeAtom(ctx, st->atoms[i]);
}

/* Its place in the list, or -1. */
static int find_name(const struct html_state *st, JSAtom atom)
{
    unsigned slot = atom & (NAME_SLOTS - 1);
    for (; st->slots[slot] != 0; slot = (slot + 1) & (NAME_SLOTS - 1))
        if (st->atoms[st->slots[slot] - 1] == atom)
            return st->slots[slot] - 1;
    return -1;
}

static const struct html_member *find_in_table(const struct html_kind *kind, int name)
{
    size_t low = 0, high = kind->count;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (kind->members[at].name == name)
            return &kind->members[at];
        if (kind->members[at].name < name)
            low = at + 1;
        else
            high = at;
    }
    return NULL;
}

static const struct html_member *find_member(const struct html_kind *kind, int name)
{
    const struct html_member *m = NULL;
    for (; kind && !m; kind = kind->base)
        m = find_in_table(kind, name);
    return m;
}

/* ---- addresses ---- */

struct html_url *mod_html_url_new(struct str text)
{
    if (text.len == 0)
        return NULL;
    struct html_url *u = mem_alloc(sizeof *u + text.len);
    u->refs = 1;
    u->len = text.len;
    memcpy(u->text, text.p, text.len);
    return u;
}

struct html_url *mod_html_url_ref(struct html_url *u)
{
    if (u)
        u->refs++;
    return u;
}

void mod_html_url_unref(struct html_url *u)
{
    if (u && --u->refs == 0)
        mem_free(u);
}

struct str mod_html_url_text(const struct html_url *u)
{
    return u ? (struct str){u->text, u->len} : STR("");
}

/* ---- what accessors give ---- */

static JSValue text_of(JSContext *ctx, const char *s)
{
    return jsarg_new_str(ctx, str_of(s));
}

static const char *option_of(const struct html_member *m, struct str value)
{
    for (size_t i = 0; value.p && m->options[i]; i++)
        if (str_eqs(value, m->options[i]))
            return m->options[i];
    return NULL;
}

/* An attribute that is an address, as it is from the page's own. */
static JSValue resolved_attr(JSContext *ctx, const struct html_object *o, struct str value,
                             bool defaults_to_page)
{
    struct url *base = NULL, *resolved = NULL;
    if (!o->url)
        return jsarg_new_str(ctx, value);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    if (value.p && url_parse(&base, mod_html_url_text(o->url), NULL) == 0 &&
        url_resolve(&resolved, base, value, NULL) == 0)
        url_put(&text, resolved, true);
    else if (defaults_to_page)
        buf_add_str(&text, mod_html_url_text(o->url));
    JSValue v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    url_free(base);
    url_free(resolved);
    return v;
}

static JSValue whole_number(JSContext *ctx, struct str value, int32_t otherwise)
{
    int64_t n;
    return JS_NewInt64(ctx, value.p && num_parse_int(value, &n) == 0 ? n : otherwise);
}

/* k6 splits at each single space. */
static JSValue words_of(JSContext *ctx, struct str value)
{
    JSValue list = JS_NewArray(ctx);
    bool ok = !JS_IsException(list), more = value.len > 0;
    for (uint32_t i = 0; ok && more; i++) {
        struct str word, rest;
        more = str_cut(value, ' ', &word, &rest);
        ok = mod_html_push(ctx, list, i, jsarg_new_str(ctx, word));
        value = rest;
    }
    if (ok)
        return list;
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

static JSValue count_of(JSContext *ctx, struct html_set *found)
{
    if (!found)
        return JS_EXCEPTION;
    uint32_t count = found->count;
    html_set_unref(found);
    return JS_NewUint32(ctx, count);
}

static JSValue read_attr(JSContext *ctx, const struct html_object *o, const struct html_member *m)
{
    const char *option;
    struct str value = {NULL, 0};
    if (m->type < MEMBER_CONST || m->type == MEMBER_WORDS)
        value = mod_html_attr(o, m->of.attr);
    switch ((enum html_member_type)m->type) {
    case MEMBER_STRING:
        return jsarg_new_str(ctx, value);
    case MEMBER_URL:
        return resolved_attr(ctx, o, value, m->number != 0);
    case MEMBER_BOOL:
        return JS_NewBool(ctx, value.p != NULL);
    case MEMBER_INT:
        return whole_number(ctx, value, m->number);
    case MEMBER_ENUM:
        option = option_of(m, value);
        return text_of(ctx, option ? option : m->options[0]);
    case MEMBER_ENUM_ONLY:
        option = option_of(m, value);
        return option ? text_of(ctx, option) : JS_UNDEFINED;
    case MEMBER_CONST:
        return m->of.attr ? text_of(ctx, m->of.attr) : JS_UNDEFINED;
    case MEMBER_WORDS:
        return words_of(ctx, value);
    case MEMBER_LIST:
        return mod_html_element_list(ctx, o, mod_html_find(ctx, o->set, m->of.attr));
    case MEMBER_COUNT:
        return count_of(ctx, mod_html_find(ctx, o->set, m->of.attr));
    case MEMBER_METHOD:
    case MEMBER_FIELD:
        break;
    }
    return JS_UNDEFINED;
}

/* ---- the class ---- */

struct html_object *mod_html_object_get(JSValueConst v)
{
    return JS_GetOpaque(v, CLASS_HTML_OBJECT);
}

/* A method of data[0]; magic is its name. */
static JSValue call_bound(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                          int magic, JSValueConst *data)
{
    struct html_object *o = mod_html_object_get(data[0]);
    const struct html_member *m = find_member(o->kind, magic);
    if (m->type == MEMBER_METHOD)
        return m->of.method(ctx, o, argc, argv);
    return read_attr(ctx, o, m);
}

static JSValue get_member(JSContext *ctx, JSValueConst object, struct html_object *o,
                          const struct html_member *m)
{
    if (m->type == MEMBER_FIELD)
        return m->of.method(ctx, o, 0, NULL);
    return JS_NewCFunctionData(ctx, call_bound, 0, m->name, 1, &object);
}

/* The only field that may be assigned. */
static bool is_writable(const struct html_member *m)
{
    return m->type == MEMBER_FIELD && m->name == NAME_url;
}

static const struct html_member *find_own(struct html_object *o, JSAtom atom)
{
    int name = find_name(o->st, atom);
    return name < 0 ? NULL : find_member(o->kind, name);
}

static int get_own_property(JSContext *ctx, JSPropertyDescriptor *desc, JSValueConst object,
                            JSAtom atom)
{
    struct html_object *o = mod_html_object_get(object);
    const struct html_member *m = find_own(o, atom);
    if (!m || !desc)
        return m != NULL;
    *desc = (JSPropertyDescriptor){
        .flags = JS_PROP_ENUMERABLE | (is_writable(m) ? JS_PROP_WRITABLE : 0),
        .value = get_member(ctx, object, o, m),
        .getter = JS_UNDEFINED,
        .setter = JS_UNDEFINED,
    };
    return JS_IsException(desc->value) ? -1 : 1;
}

/* Fields come first. */
static int get_own_property_names(JSContext *ctx, JSPropertyEnum **out, uint32_t *count,
                                  JSValueConst object)
{
    const struct html_object *o = mod_html_object_get(object);
    const struct html_member *all[NAME_COUNT] = {NULL};
    uint32_t len = 0;
    for (const struct html_kind *k = o->kind; k; k = k->base) {
        for (size_t i = 0; i < k->count; i++) {
            const struct html_member *m = &k->members[i];
            if (!all[m->name]) {
                all[m->name] = m;
                len++;
            }
        }
    }
    JSPropertyEnum *list = js_malloc(ctx, (len ? len : 1) * sizeof *list);
    if (!list)
        return -1;
    *out = list;
    *count = len;
    for (int wants_field = 1; wants_field >= 0; wants_field--)
        for (int i = 0; i < NAME_COUNT; i++)
            if (all[i] && (all[i]->type == MEMBER_FIELD) == wants_field)
                *list++ = (JSPropertyEnum){.is_enumerable = true,
                                           .atom = JS_DupAtom(ctx, o->st->atoms[i])};
    return 0;
}

static int refuse(JSContext *ctx, int flags, JSAtom name, const char *fmt)
{
    if (!(flags & (JS_PROP_THROW | JS_PROP_THROW_STRICT)))
        return 0;
    const char *text = JS_AtomToCString(ctx, name);
    if (text)
        jsarg_throw_type(ctx, fmt, text);
    JS_FreeCString(ctx, text);
    return -1;
}

static int delete_property(JSContext *ctx, JSValueConst object, JSAtom name)
{
    if (!find_own(mod_html_object_get(object), name))
        return 1;
    return refuse(ctx, JS_PROP_THROW, name, "Cannot delete property %s from a Go type");
}

static int define_own_property(JSContext *ctx, JSValueConst object, JSAtom name, JSValueConst value,
                               JSValueConst getter, JSValueConst setter, int flags)
{
    struct html_object *o = mod_html_object_get(object);
    const struct html_member *m = find_own(o, name);
    struct str text = {NULL, 0};
    if (!m || !is_writable(m) || (flags & (JS_PROP_HAS_GET | JS_PROP_HAS_SET)))
        return refuse(ctx, flags, name, "Cannot assign to property %s of a host object");
    if (!(flags & JS_PROP_HAS_VALUE))
        return 1;
    if (!jsarg_is_nullish(value) && !jsarg_str(ctx, value, &text))
        return -1;
    mod_html_url_unref(o->url);
    o->url = mod_html_url_new(text);
    jsarg_free_str(ctx, text);
    return 1;
}

static void finalize(JSRuntime *rt, JSValueConst object)
{
    struct html_object *o = mod_html_object_get(object);
    if (!o)
        return;
    html_set_unref(o->set);
    mod_html_url_unref(o->url);
    mem_free(o);
}

static JSClassExoticMethods exotic = {
    .get_own_property = get_own_property,
    .get_own_property_names = get_own_property_names,
    .delete_property = delete_property,
    .define_own_property = define_own_property,
};
static const JSClassDef object_class = {
    "Object",
    .finalizer = finalize,
    .exotic = &exotic,
};

int mod_html_object_class(JSContext *ctx)
{
    JSValue plain = JS_NewObject(ctx);
    JSValue proto = JS_IsException(plain) ? plain : JS_GetPrototype(ctx, plain);
    JS_FreeValue(ctx, plain);
    return JS_IsException(proto) ? -1 : pod_new_class(ctx, CLASS_HTML_OBJECT, &object_class, proto);
}

JSValue mod_html_object_new(JSContext *ctx, struct html_state *st, const struct html_kind *kind,
                            struct html_set *set, struct html_url *url)
{
    if (!set)
        return JS_ThrowOutOfMemory(ctx);
    JSValue object = JS_NewObjectClass(ctx, CLASS_HTML_OBJECT);
    if (JS_IsException(object)) {
        html_set_unref(set);
        return object;
    }
    struct html_object *o = mem_alloc(sizeof *o);
    *o = (struct html_object){st, kind, set, mod_html_url_ref(url), NULL};
    JS_SetOpaque(object, o);
    return object;
}

/* ---- arguments ---- */

bool mod_html_selector_arg(JSContext *ctx, int argc, JSValueConst *argv, int i,
                           struct html_selector **out)
{
    struct str text = STR("");
    *out = NULL;
    if (i >= argc || jsarg_is_nullish(argv[i]) || JS_IsSymbol(argv[i]))
        return true;
    if (!jsarg_str(ctx, argv[i], &text))
        return false;
    *out = html_selector_parse(ctx, text);
    jsarg_free_str(ctx, text);
    return true;
}

int64_t mod_html_int(JSContext *ctx, JSValueConst v, bool *ok)
{
    double n = 0;
    if (jsarg_is_nullish(v))
        return 0;
    if (JS_ToFloat64(ctx, &n, v) < 0) {
        *ok = false;
        return 0;
    }
    if (!(n - n == 0)) /* not finite */
        return 0;
    if (n >= 9.3e18 || n <= -9.3e18) /* what Go makes of it on this machine */
        return INT64_MIN;
    return (int64_t)n;
}

const char *mod_html_go_type(JSContext *ctx, JSValueConst v)
{
    const struct html_object *o = mod_html_object_get(v);
    if (o)
        return o->kind->go_name;
    const char *type = mod_arg_go_type(ctx, v);
    /* k6 knows no boxed strings here. */
    return JS_IsObject(v) && str_eqs(str_of(type), "string") ? "map[string]interface {}" : type;
}

JSValue mod_html_refuse_selector(JSContext *ctx, JSValueConst v)
{
    return jsarg_throw(ctx, "invalid argument, cannot use a '%s' as a selector",
                       mod_html_go_type(ctx, v));
}

struct html_object *mod_html_object_of_role(JSValueConst v, enum html_role role)
{
    struct html_object *o = mod_html_object_get(v);
    return o && o->kind->role == role ? o : NULL;
}

/* ---- results ---- */

struct html_set *mod_html_checked(JSContext *ctx, struct html_selector *sel, struct html_set *set)
{
    bool was_interrupted = sel && html_selector_was_interrupted(sel);
    html_selector_free(sel);
    if (set && !was_interrupted)
        return set;
    html_set_unref(set);
    if (was_interrupted)
        pod_throw_interrupt(ctx);
    else
        JS_ThrowOutOfMemory(ctx);
    return NULL;
}

JSValue mod_html_selection(JSContext *ctx, const struct html_object *o, struct html_set *set)
{
    if (!set) /* thrown already, or not */
        return JS_HasException(ctx) ? JS_EXCEPTION : JS_ThrowOutOfMemory(ctx);
    return mod_html_object_new(ctx, o->st, &mod_html_selection_kind, set, o->url);
}

JSValue mod_html_element(JSContext *ctx, const struct html_object *o, struct html_set *set)
{
    if (!set)
        return JS_HasException(ctx) ? JS_EXCEPTION : JS_ThrowOutOfMemory(ctx);
    if (set->count == 0) {
        html_set_unref(set);
        return JS_UNDEFINED;
    }
    return mod_html_object_new(ctx, o->st, mod_html_kind_of(set->nodes[0]), set, o->url);
}

JSValue mod_html_element_of(JSContext *ctx, const struct html_object *o, struct html_node *n)
{
    return n ? mod_html_element(ctx, o, html_set_of(o->set->doc, n, NULL)) : JS_UNDEFINED;
}

bool mod_html_push(JSContext *ctx, JSValueConst list, uint32_t i, JSValue v)
{
    return !JS_IsException(v) && JS_DefinePropertyValueUint32(ctx, list, i, v, JS_PROP_C_W_E) >= 0;
}

JSValue mod_html_element_list(JSContext *ctx, const struct html_object *o, struct html_set *set)
{
    if (!set)
        return JS_HasException(ctx) ? JS_EXCEPTION : JS_ThrowOutOfMemory(ctx);
    JSValue list = JS_NewArray(ctx);
    bool ok = !JS_IsException(list);
    for (uint32_t i = 0; i < set->count && ok; i++)
        ok = mod_html_push(ctx, list, i, mod_html_element(ctx, o, html_set_slice(set, i, 1)));
    html_set_unref(set);
    if (ok)
        return list;
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

/* ---- reading nodes ---- */

struct html_node *mod_html_node(const struct html_object *o)
{
    return o->set->count > 0 ? o->set->nodes[0] : NULL;
}

struct str mod_html_attr(const struct html_object *o, const char *name)
{
    const struct html_node *n = mod_html_node(o);
    const struct html_attr *a = n ? html_node_attr(n, str_of(name)) : NULL;
    if (!a)
        return (struct str){NULL, 0};
    return a->value.p ? a->value : STR("");
}

JSValue mod_html_text(JSContext *ctx, const struct html_set *s)
{
    /* One element that holds nothing but one text, as most do. */
    if (s->count == 1 && s->nodes[0]->first && s->nodes[0]->first == s->nodes[0]->last &&
        s->nodes[0]->first->type == HTML_TEXT)
        return jsarg_new_str(ctx, s->nodes[0]->first->data);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    for (uint32_t i = 0; i < s->count; i++)
        html_render_text(&text, s->nodes[i]);
    JSValue v = buf_failed(&text) ? JS_ThrowOutOfMemory(ctx)
                                  : jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return v;
}

bool mod_html_put_inner(struct buf *out, const struct html_set *s)
{
    return s->count == 0 || html_render_children(out, s->nodes[0]);
}

JSValue mod_html_inner(JSContext *ctx, const struct html_set *s)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    JSValue v = JS_UNDEFINED;
    if (mod_html_put_inner(&text, s))
        v = buf_failed(&text) ? JS_ThrowOutOfMemory(ctx)
                              : jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return v;
}

struct str mod_html_node_name(const struct html_set *s)
{
    if (s->count == 0)
        return STR("");
    switch ((enum html_type)s->nodes[0]->type) {
    case HTML_DOCUMENT:
        return STR("#document");
    case HTML_TEXT:
        return STR("#text");
    case HTML_COMMENT:
        return STR("#comment");
    case HTML_ELEMENT:
    case HTML_DOCTYPE:
        break;
    }
    return s->nodes[0]->data;
}

struct html_set *mod_html_find_str(JSContext *ctx, struct html_set *s, struct str selector)
{
    struct html_selector *sel = html_selector_parse(ctx, selector);
    struct html_set *found = html_query_find(s, sel);
    return mod_html_checked(ctx, sel, found);
}

struct html_set *mod_html_find(JSContext *ctx, struct html_set *s, const char *selector)
{
    return mod_html_find_str(ctx, s, str_of(selector));
}

void mod_html_put_value_or_inner(struct buf *out, const struct html_set *s)
{
    const struct html_attr *a = s->count > 0 ? html_node_attr(s->nodes[0], STR("value")) : NULL;
    size_t before = out->len;
    if (a)
        buf_add_str(out, a->value);
    else if (!mod_html_put_inner(out, s))
        buf_truncate(out, before);
}
