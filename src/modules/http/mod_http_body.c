/* mod_http_body.c - request bodies: text, bytes, and objects as forms (keys sorted, values as Go
 * prints them). Source: k6 docs, "http.post". Tests: test/js/http_body_*.js */
#include "modules/http/http_int.h"

#include <stdlib.h>
#include <string.h>

#include "js/engine.h"
#include "modules/mod_arg.h"

#define FORM_TYPE "application/x-www-form-urlencoded"

enum { LEND_MIN = 16 * 1024 }; /* bodies from here on are not copied where that can be helped */

/* name=value, both escaped. */
static int put_pair(JSContext *ctx, struct buf *out, struct str name, JSValueConst value)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    int rc = jsarg_put_go(&text, ctx, value);
    if (rc == 0) {
        if (out->len > 0)
            buf_addc(out, '&');
        url_put_query_escaped(out, name);
        buf_addc(out, '=');
        url_put_query_escaped(out, (struct str){text.data, text.len});
    }
    buf_deinit(&text);
    return rc;
}

/* One pair for each item of a list that k6 exports as one: an array, or a set's entries. */
static int put_items(JSContext *ctx, struct buf *out, struct str name, JSValueConst list)
{
    int64_t count = 0;
    if (JS_GetLength(ctx, list, &count) < 0)
        return -1;
    for (int64_t i = 0; i < count; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, list, i);
        int rc = JS_IsException(item) ? -1 : put_pair(ctx, out, name, item);
        JS_FreeValue(ctx, item);
        if (rc < 0)
            return -1;
    }
    return 0;
}

static int put_field(JSContext *ctx, struct buf *out, const struct http_form_field *f)
{
    if (JS_IsArray(f->value))
        return put_items(ctx, out, f->name, f->value);
    if (!JS_IsSet(f->value))
        return put_pair(ctx, out, f->name, f->value);
    JSValue entries = engine_map_entries(ctx, f->value);
    int rc = JS_IsException(entries) ? -1 : put_items(ctx, out, f->name, entries);
    JS_FreeValue(ctx, entries);
    return rc;
}

void mod_http_body_take(struct http_exchange *x, struct buf *b)
{
    x->has_body = true;
    if (b->len < LEND_MIN) {
        x->body = (struct str){arena_strndup(mod_http_exchange_arena(x), b->data, b->len), b->len};
        return;
    }
    x->body.len = b->len;
    x->body.p = x->body_memory = buf_take(b);
}

struct str mod_http_body_now(JSContext *ctx, const struct http_exchange *x)
{
    struct str bytes;
    return jsarg_bytes(ctx, x->body_object, &bytes) ? bytes : x->body;
}

static int compare_fields(const void *a, const void *b)
{
    return str_cmp(((const struct http_form_field *)a)->name,
                   ((const struct http_form_field *)b)->name);
}

static int parse_form(JSContext *ctx, struct http_exchange *x, JSValueConst object, struct err *e)
{
    struct http_form form = {0};
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    /* A boxed string has no fields in k6, not even its letters. */
    bool is_boxed = engine_kind_of(ctx, object) == KIND_BOXED;
    int rc = is_boxed || mod_http_form_list(ctx, object, &form) == 0 ? 0 : ERR_SCRIPT;
    if (rc == 0 && mod_http_form_has_file(&form)) {
        rc = mod_http_form_put_multipart(ctx, x, &form, e);
        goto done;
    }
    if (rc == 0 && form.fields.len > 0)
        qsort(form.fields.items, form.fields.len, sizeof(form.fields.items[0]), compare_fields);
    for (size_t i = 0; i < form.fields.len && rc == 0; i++)
        rc = put_field(ctx, &out, &form.fields.items[i]) < 0 ? ERR_SCRIPT : 0;
    if (rc == 0) {
        mod_http_body_take(x, &out);
        mod_http_exchange_set_header(x, STR("Content-Type"), STR(FORM_TYPE));
    }
done:
    buf_deinit(&out);
    mod_http_form_free(ctx, &form);
    return rc;
}

/* A short text is copied; a long one stays where it is if it may. Takes text, which the engine
 * holds. */
static int take_text(JSContext *ctx, struct http_exchange *x, struct str text)
{
    x->has_body = true;
    if (text.len >= LEND_MIN && x->may_lend) {
        x->body = text;
        x->body_text = text.p;
        return 0;
    }
    x->body_memory = text.len >= LEND_MIN ? mem_try_alloc(text.len) : NULL;
    if (x->body_memory) {
        memcpy(x->body_memory, text.p, text.len);
        x->body = (struct str){x->body_memory, text.len};
    } else {
        x->body =
            (struct str){arena_strndup(mod_http_exchange_arena(x), text.p, text.len), text.len};
    }
    jsarg_free_str(ctx, text);
    return 0;
}

/* The same of the bytes that an object holds. */
static int take_bytes(JSContext *ctx, struct http_exchange *x, JSValueConst object)
{
    struct str bytes;
    jsarg_bytes(ctx, object, &bytes);
    x->has_body = true;
    if (bytes.len >= LEND_MIN && x->may_lend) {
        x->body = bytes;
        x->body_object = JS_DupValue(ctx, object);
    } else if (bytes.len >= LEND_MIN) {
        x->body_memory = mem_try_alloc(bytes.len);
        if (!x->body_memory) {
            JS_ThrowOutOfMemory(ctx);
            return ERR_SCRIPT;
        }
        memcpy(x->body_memory, bytes.p, bytes.len);
        x->body = (struct str){x->body_memory, bytes.len};
    } else {
        x->body = (struct str){
            arena_strndup(mod_http_exchange_arena(x), bytes.p ? bytes.p : "", bytes.len),
            bytes.len};
    }
    return 0;
}

int mod_http_body_parse(JSContext *ctx, struct http_exchange *x, JSValueConst body, struct err *e)
{
    struct str text;
    struct str type = str_of(JS_IsString(body) ? "string" : mod_arg_go_type(ctx, body));
    if (str_eqs(type, "string"))
        return mod_arg_tag_text(ctx, body, &text) ? take_text(ctx, x, text) : ERR_SCRIPT;
    if (str_eqs(type, "sobek.ArrayBuffer") || str_eqs(type, "[]uint8"))
        return take_bytes(ctx, x, body);
    if (str_eqs(type, "map[string]interface {}"))
        return parse_form(ctx, x, body, e);
    return err_set(e, ERR_INVALID, "unknown request body type %s", type.p);
}

/* The codings as Content-Encoding names them. */
static struct str coding_names(struct http_exchange *x)
{
    struct buf names;
    buf_init(&names, BUF_NO_LIMIT);
    for (size_t i = 0; i < x->packings.len; i++)
        buf_addf(&names, "%s%s", i > 0 ? ", " : "", body_coding_name(x->packings.items[i]));
    struct str s = {arena_strndup(mod_http_exchange_arena(x), names.data, names.len), names.len};
    buf_deinit(&names);
    return s;
}

int mod_http_body_pack(JSContext *ctx, struct http_exchange *x, struct err *e)
{
    if (x->packings.len == 0 || !x->has_body)
        return 0;
    struct buf packed;
    int rc = 0;
    x->packed_body = x->body;
    for (size_t i = 0; i < x->packings.len && rc == 0; i++) {
        buf_init(&packed, BUF_NO_LIMIT);
        rc = body_encode(&packed, x->packings.items[i], x->packed_body);
        if (rc == 0) {
            mem_free(x->packed_memory);
            x->packed_body.len = packed.len;
            x->packed_body.p = x->packed_memory = buf_take(&packed);
        }
        buf_deinit(&packed);
    }
    if (rc < 0)
        return err_set(e, ERR_INVALID, "the body could not be compressed: %s", err_code_text(rc));
    struct str own = mod_http_exchange_header(x, "Content-Encoding"), names = coding_names(x);
    if (own.len == 0)
        mod_http_exchange_set_header(x, STR("Content-Encoding"), names);
    else if (!str_eq(own, names))
        log_warn(pod_logger(ctx),
                 "There's a mismatch between the desired `compression` the manually set "
                 "`Content-Encoding` header in the %.*s request for "
                 "'%s', the custom header has precedence and won't be overwritten. This may result "
                 "in invalid data being sent to the "
                 "server.",
                 (int)x->method.len, x->method.p, x->target->full.p);
    return 0;
}
