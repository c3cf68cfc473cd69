/* mod_http_form.c - the fields of an object body, http.file(), and bodies of several parts.
 * Spec: RFC 7578. Source: k6 docs, "FileData". Tests: test/js/http_form_*.js */
#include "modules/http/http_int.h"

#include <stdio.h>

#include "base/hash.h"
#include "core/clock.h"
#include "modules/mod_arg.h"
#include "modules/mod_bytes.h"

int mod_http_form_list(JSContext *ctx, JSValueConst object, struct http_form *fills)
{
    JSPropertyEnum *names = NULL;
    uint32_t count = 0;
    int rc =
        JS_GetOwnPropertyNames(ctx, &names, &count, object, JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY);
    for (uint32_t i = 0; i < count && rc == 0; i++) {
        struct http_form_field f = {.value = JS_GetProperty(ctx, object, names[i].atom)};
        f.name.p = JS_AtomToCStringLen(ctx, &f.name.len, names[i].atom);
        if (JS_IsException(f.value) || !f.name.p) {
            JS_FreeValue(ctx, f.value);
            if (f.name.p)
                JS_FreeCString(ctx, f.name.p);
            rc = -1;
        } else {
            VEC_PUSH(&fills->fields, f);
        }
    }
    JS_FreePropertyEnum(ctx, names, count);
    return rc;
}

void mod_http_form_free(JSContext *ctx, struct http_form *f)
{
    for (size_t i = 0; i < f->fields.len; i++) {
        JS_FreeCString(ctx, f->fields.items[i].name.p);
        JS_FreeValue(ctx, f->fields.items[i].value);
    }
    VEC_DEINIT(&f->fields);
}

bool mod_http_form_has_file(const struct http_form *f)
{
    for (size_t i = 0; i < f->fields.len; i++)
        if (mod_http_file_is(f->fields.items[i].value))
            return true;
    return false;
}

/* A name between quotes. Go escapes line ends in names of fields, k6 leaves those of files alone.
 */
static void put_escaped(struct buf *out, struct str s, bool is_field)
{
    for (size_t i = 0; i < s.len; i++) {
        if (is_field && (s.p[i] == '\r' || s.p[i] == '\n')) {
            buf_adds(out, s.p[i] == '\r' ? "%0D" : "%0A");
            continue;
        }
        if (s.p[i] == '\\' || s.p[i] == '"')
            buf_addc(out, '\\');
        buf_addc(out, s.p[i]);
    }
}

/* Appends the text of a file's property. */
static int put_file_text(JSContext *ctx, struct buf *out, JSValueConst file, const char *name,
                         bool is_escaped)
{
    struct str s = {NULL, 0};
    JSValue v = JS_GetPropertyStr(ctx, file, name);
    bool ok = !JS_IsException(v) && (jsarg_is_nullish(v) || jsarg_str(ctx, v, &s));
    if (ok && is_escaped)
        put_escaped(out, s, false);
    else if (ok)
        buf_add_str(out, s);
    jsarg_free_str(ctx, s);
    JS_FreeValue(ctx, v);
    return ok ? 0 : ERR_SCRIPT;
}

static int put_file_data(JSContext *ctx, struct buf *out, JSValueConst file, struct err *e)
{
    struct mod_bytes bytes;
    JSValue v = JS_GetPropertyStr(ctx, file, "data");
    int rc = JS_IsException(v) ? ERR_SCRIPT : mod_bytes_get(ctx, v, &bytes, e);
    if (rc == 0) {
        buf_add_str(out, bytes.data);
        mod_bytes_free(ctx, &bytes);
    }
    JS_FreeValue(ctx, v);
    return rc;
}

static int put_part(JSContext *ctx, struct buf *out, const struct http_form_field *f, struct err *e)
{
    buf_adds(out, "Content-Disposition: form-data; name=\"");
    if (!mod_http_file_is(f->value)) {
        put_escaped(out, f->name, true);
        buf_adds(out, "\"\r\n\r\n");
        return jsarg_put_go(out, ctx, f->value) == 0 ? 0 : ERR_SCRIPT;
    }
    buf_add_str(out, f->name);
    buf_adds(out, "\"; filename=\"");
    int rc = put_file_text(ctx, out, f->value, "filename", true);
    buf_adds(out, "\"\r\nContent-Type: ");
    if (rc == 0)
        rc = put_file_text(ctx, out, f->value, "content_type", false);
    buf_adds(out, "\r\n\r\n");
    return rc == 0 ? put_file_data(ctx, out, f->value, e) : rc;
}

int mod_http_form_put_multipart(JSContext *ctx, struct http_exchange *x, const struct http_form *f,
                                struct err *e)
{
    struct rng rng;
    struct buf boundary, out;
    int rc = 0;
    rng_init(&rng, (uint64_t)clock_now_ns() ^ (uint64_t)(uintptr_t)x);
    buf_init(&boundary, BUF_NO_LIMIT);
    buf_init(&out, BUF_NO_LIMIT);
    for (int i = 0; i < 4; i++)
        buf_addf(&boundary, "%015llx", (unsigned long long)(rng_next(&rng) >> 4));
    for (size_t i = 0; i < f->fields.len && rc == 0; i++) {
        buf_addf(&out, "--%s\r\n", boundary.data);
        rc = put_part(ctx, &out, &f->fields.items[i], e);
        buf_adds(&out, "\r\n");
    }
    buf_addf(&out, "--%s--\r\n", boundary.data);
    if (rc == 0) {
        const char *type = arena_printf(mod_http_exchange_arena(x),
                                        "multipart/form-data; boundary=%s", boundary.data);
        mod_http_body_take(x, &out);
        mod_http_exchange_set_header(x, STR("Content-Type"), str_of(type));
    }
    buf_deinit(&boundary);
    buf_deinit(&out);
    return rc;
}

/* ---- http.file ---- */

static const struct http_shape file_shape = {
    3,
    CLASS_HTTP_FILE,
    {{NAME_DATA, HOLDS_ANY}, {NAME_FILENAME, HOLDS_TEXT}, {NAME_CONTENT_TYPE, HOLDS_TEXT}}};

bool mod_http_file_is(JSValueConst v)
{
    return JS_IsObject(v) && JS_GetClassID(v) == CLASS_HTTP_FILE;
}

JSValue mod_http_file(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValueConst data = argc > 0 ? argv[0] : JS_UNDEFINED;
    struct str type = str_of(mod_arg_go_type(ctx, data));
    if (!str_eqs(type, "string") && !str_eqs(type, "sobek.ArrayBuffer"))
        return jsarg_throw(ctx, "invalid type %s, expected string or ArrayBuffer", type.p);
    struct str name = {NULL, 0}, content_type = {NULL, 0};
    char made_up[24];
    snprintf(made_up, sizeof(made_up), "%lld", (long long)clock_wall_ns());
    JSValue object = JS_EXCEPTION;
    if (!mod_arg_str(ctx, argc, argv, 1, &name) || !mod_arg_str(ctx, argc, argv, 2, &content_type))
        goto done;
    JSValue values[] = {
        JS_IsSymbol(data) ? jsarg_text_value(ctx, data) : JS_DupValue(ctx, data),
        jsarg_new_str(ctx, argc > 1 ? name : str_of(made_up)),
        jsarg_new_str(ctx, argc > 2 ? content_type : STR("application/octet-stream")),
    };
    object = mod_http_record_new(ctx, &file_shape, values);
done:
    jsarg_free_str(ctx, name);
    jsarg_free_str(ctx, content_type);
    return object;
}
