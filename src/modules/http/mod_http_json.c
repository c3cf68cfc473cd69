/* mod_http_json.c - response.json([path]): the engine parses, k6's path language selects, Go's
 * words say what is wrong. Source: k6 docs, "Response.json". Tests: test/js/http_json_*.js; the
 * pure parts json_selector_test.c, json_text_test.c */
#include "modules/http/http_int.h"

#include "modules/http/json_selector.h"
#include "modules/http/json_text.h"

/* Where a text is no JSON: line and character, counted as k6 counts them. offset: bytes read, the
 * offending one included. */
static void locate(struct str text, size_t offset, size_t *line, size_t *character)
{
    size_t last = offset > 0 ? offset - 1 : 0;
    *line = 1;
    *character = 0;
    for (size_t pos = 0; pos < text.len;) {
        size_t at = pos;
        bool is_newline = text.p[pos] == '\n';
        utf8_next(text, &pos);
        if (is_newline) {
            ++*line;
            *character = 0;
        } else {
            ++*character;
        }
        if (at >= last) {
            if (is_newline)
                *character = 1;
            return;
        }
    }
}

/* The engine refused the text: k6's error for what is no JSON; what is JSON after all goes on with
 * its bad bytes replaced. */
static JSValue parse_again(JSContext *ctx, struct str text)
{
    struct buf why;
    size_t offset, line, character;
    buf_init(&why, BUF_NO_LIMIT);
    JSValue result = JS_EXCEPTION;
    if (!json_text_is_valid(text, &offset, &why)) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        locate(text, offset, &line, &character);
        jsarg_throw(ctx, "cannot parse json due to an error at line %zu, character %zu , error: %s",
                    line, character, why.data);
    } else if (!utf8_is_valid(text)) {
        struct str clean;
        JS_FreeValue(ctx, JS_GetException(ctx));
        JSValue owner = jsarg_new_str(ctx, text);
        if (!JS_IsException(owner) && jsarg_str(ctx, owner, &clean)) {
            result = JS_ParseJSON(ctx, clean.p, clean.len, "json");
            jsarg_free_str(ctx, clean);
        }
        JS_FreeValue(ctx, owner);
    }
    buf_deinit(&why);
    return result;
}

/* text ends in a NUL. */
static JSValue parse(JSContext *ctx, struct str text)
{
    struct buf mended;
    buf_init(&mended, BUF_NO_LIMIT);
    if (json_text_mend(&mended, text))
        text = (struct str){mended.data, mended.len};
    JSValue v = JS_ParseJSON(ctx, text.p, text.len, "json");
    if (JS_IsException(v))
        v = parse_again(ctx, text);
    buf_deinit(&mended);
    return v;
}

static JSValue parse_selected(JSContext *ctx, struct http_exchange *x, struct str text,
                              JSValueConst path)
{
    struct str p = {NULL, 0}, value;
    if (!jsarg_is_nullish(path) && !jsarg_str(ctx, path, &p))
        return JS_EXCEPTION;
    JSValue result = JS_UNDEFINED;
    struct arena *a = arena_new(1024);
    if (!x->is_json_valid)
        x->is_json_valid = json_text_is_valid(text, NULL, NULL);
    if (x->is_json_valid && json_select(text, p.p ? p : STR(""), a, &value))
        result = parse(ctx, (struct str){arena_strndup(a, value.p, value.len), value.len});
    arena_free(a);
    jsarg_free_str(ctx, p);
    return result;
}

/* The whole body, or what it was when it was parsed first. */
static JSValue parse_body(JSContext *ctx, struct http_exchange *x, struct str body)
{
    struct str kept;
    if (!JS_IsUndefined(x->json_text)) {
        JSValue result = JS_EXCEPTION;
        if (jsarg_str(ctx, x->json_text, &kept)) {
            result = parse(ctx, kept);
            jsarg_free_str(ctx, kept);
        }
        return result;
    }
    JSValue result = parse(ctx, body);
    if (!JS_IsException(result)) {
        x->is_json_valid = true;
        x->is_json_parsed = !JS_IsNull(result); /* k6 takes a null for nothing parsed yet */
    }
    return result;
}

JSValue mod_http_response_json(JSContext *ctx, JSValueConst response, int argc, JSValueConst *argv)
{
    struct http_exchange *x = JS_GetOpaque(response, CLASS_HTTP_RESPONSE);
    struct str body;
    JSValue owner;
    JSValue result = JS_EXCEPTION;
    if (!mod_http_response_get_body(ctx, x, &body, &owner))
        goto done;
    if (!body.p)
        jsarg_throw(ctx, "the body is null so we can't transform it to JSON - this likely was "
                         "because of a request error getting the "
                         "response");
    else
        result = argc > 0 ? parse_selected(ctx, x, body, argv[0]) : parse_body(ctx, x, body);
done:
    mod_http_response_free_body(ctx, body, owner);
    return result;
}
