/* mod_http_body.c - request bodies: text, bytes, and objects as forms (keys sorted, values as Go
 * prints them). Source: k6 docs, "http.post". Tests: test/js/http_body_*.js */
#include "modules/http/http_int.h"

#include <stdlib.h>

#include "modules/mod_arg.h"

#define FORM_TYPE "application/x-www-form-urlencoded"

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

static int put_field(JSContext *ctx, struct buf *out, const struct http_form_field *f)
{
    if (!JS_IsArray(f->value))
        return put_pair(ctx, out, f->name, f->value);
    int64_t count = 0;
    if (JS_GetLength(ctx, f->value, &count) < 0)
        return -1;
    for (int64_t i = 0; i < count; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, f->value, i);
        int rc = JS_IsException(item) ? -1 : put_pair(ctx, out, f->name, item);
        JS_FreeValue(ctx, item);
        if (rc < 0)
            return -1;
    }
    return 0;
}

void mod_http_body_take(struct http_exchange *x, struct buf *b)
{
    x->body = (struct str){arena_strndup(mod_http_exchange_arena(x), b->data, b->len), b->len};
    x->has_body = true;
}

static int compare_fields(const void *a, const void *b)
{
    return str_cmp(((const struct http_form_field *)a)->name,
                   ((const struct http_form_field *)b)->name);
}

static int parse_form(JSContext *ctx, struct http_exchange *x, JSValueConst object)
{
    struct http_form form = {0};
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    int rc = mod_http_form_list(ctx, object, &form);
    if (rc == 0 && mod_http_form_has_file(&form)) {
        rc = mod_http_form_put_multipart(ctx, x, &form);
        goto done;
    }
    if (rc == 0 && form.fields.len > 0)
        qsort(form.fields.items, form.fields.len, sizeof(form.fields.items[0]), compare_fields);
    for (size_t i = 0; i < form.fields.len && rc == 0; i++)
        rc = put_field(ctx, &out, &form.fields.items[i]);
    if (rc == 0) {
        mod_http_body_take(x, &out);
        mod_http_exchange_set_header(x, STR("Content-Type"), STR(FORM_TYPE));
    }
done:
    buf_deinit(&out);
    mod_http_form_free(ctx, &form);
    return rc < 0 ? ERR_SCRIPT : 0;
}

int mod_http_body_parse(JSContext *ctx, struct http_exchange *x, JSValueConst body, struct err *e)
{
    struct str bytes;
    const char *type = JS_IsString(body) ? "string" : mod_arg_go_type(ctx, body);
    if (str_eqs(str_of(type), "string")) {
        if (!jsarg_str(ctx, body, &bytes))
            return ERR_SCRIPT;
        x->body =
            (struct str){arena_strndup(mod_http_exchange_arena(x), bytes.p, bytes.len), bytes.len};
        x->has_body = true;
        jsarg_free_str(ctx, bytes);
        return 0;
    }
    if (str_eqs(str_of(type), "sobek.ArrayBuffer") || str_eqs(str_of(type), "[]uint8")) {
        jsarg_bytes(ctx, body, &bytes);
        x->body = (struct str){
            arena_strndup(mod_http_exchange_arena(x), bytes.p ? bytes.p : "", bytes.len),
            bytes.len};
        x->has_body = true;
        return 0;
    }
    if (str_eqs(str_of(type), "map[string]interface {}") && !mod_http_file_is(body))
        return parse_form(ctx, x, body);
    return err_set(e, ERR_INVALID, "unknown request body type %s", type);
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
    struct buf packed;
    int rc = 0;
    if (x->packings.len == 0 || !x->has_body)
        return 0;
    x->packed_body = x->body;
    for (size_t i = 0; i < x->packings.len && rc == 0; i++) {
        buf_init(&packed, BUF_NO_LIMIT);
        rc = body_encode(&packed, x->packings.items[i], x->packed_body);
        if (rc == 0)
            x->packed_body = (struct str){
                arena_strndup(mod_http_exchange_arena(x), packed.data, packed.len), packed.len};
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
