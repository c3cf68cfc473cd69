/* mod_csv.c - the module k6/experimental/csv: parse(file, options), which makes a SharedArray
 * without running script, and Parser, which gives one row at a time. Both read from the File's own
 * place. Source: k6 docs, "k6/experimental/csv". Tests: csv_reader_test.c, csv_rows_test.c,
 * test/js/csv_rows.js */
#include "modules/csv/mod_csv.h"

#include <math.h>
#include <string.h>

#include <quickjs.h>

#include "base/mem.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "modules/csv/csv_rows.h"
#include "modules/data/mod_data.h"
#include "modules/fs/mod_fs.h"
#include "modules/mod_promise.h"
#include "modules/modules.h"

static size_t read_file(void *opaque, void *into, size_t cap)
{
    return fs_file_read(opaque, into, cap);
}

/* ---- arguments ---- */

/* The File, or NULL with an exception pending. */
static struct fs_file *get_file(JSContext *ctx, JSValueConst v)
{
    struct fs_file *f = mod_fs_file(v);
    if (f == NULL && (JS_IsObject(v) || JS_IsNull(v)))
        jsarg_throw(ctx, "failed to create a new parser; reason: the reader cannot be nil");
    else if (f == NULL)
        jsarg_throw(ctx, "first argument expected to be a fs.File instance, got %s instead",
                    JS_IsString(v)   ? "a string"
                    : JS_IsNumber(v) ? "a number"
                    : JS_IsBool(v)   ? "a boolean"
                                     : "nothing");
    return f;
}

/* Each getter takes one option, if it is there. -1 with an exception pending. */
static int get_bool(JSContext *ctx, JSValueConst options, const char *name, bool *out)
{
    JSValue v = JS_GetPropertyStr(ctx, options, name);
    if (JS_IsException(v))
        return -1;
    *out = JS_ToBool(ctx, v) > 0;
    JS_FreeValue(ctx, v);
    return 0;
}

static int get_line(JSContext *ctx, JSValueConst options, const char *name, bool *has, int64_t *out)
{
    JSValue v = JS_GetPropertyStr(ctx, options, name);
    if (JS_IsException(v))
        return -1;
    *has = !JS_IsUndefined(v);
    double n = 0;
    int rc = *has ? JS_ToFloat64(ctx, &n, v) : 0;
    /* More lines than any file has are all the same. */
    *out = isnan(n) ? 0 : (int64_t)fmin(fmax(n, -1e15), 1e15);
    JS_FreeValue(ctx, v);
    return rc;
}

static int get_delimiter(JSContext *ctx, JSValueConst options, char *out, struct err *e)
{
    struct str text;
    JSValue v = JS_GetPropertyStr(ctx, options, "delimiter");
    if (JS_IsException(v))
        return ERR_SCRIPT;
    if (JS_IsUndefined(v))
        return 0;
    int rc = jsarg_str(ctx, v, &text) ? 0 : ERR_SCRIPT;
    if (rc == 0) {
        if (text.len == 1)
            *out = text.p[0] != '\0' ? text.p[0] : ',';
        else
            rc = err_set(e, ERR_INVALID, "delimiter must be a single character");
        jsarg_free_str(ctx, text);
    }
    JS_FreeValue(ctx, v);
    return rc;
}

/* ERR_INVALID with k6's text in e; ERR_SCRIPT with an exception pending. */
static int get_options(JSContext *ctx, JSValueConst v, struct csv_options *out, struct err *e)
{
    *out = (struct csv_options){.delimiter = ','};
    if (JS_IsUndefined(v))
        return 0;
    if (JS_IsNull(v)) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        return ERR_SCRIPT;
    }
    int rc = get_delimiter(ctx, v, &out->delimiter, e);
    if (rc < 0)
        return rc;
    if (get_bool(ctx, v, "skipFirstLine", &out->skips_first) < 0 ||
        get_line(ctx, v, "fromLine", &out->has_from, &out->from) < 0 ||
        get_line(ctx, v, "toLine", &out->has_to, &out->to) < 0 ||
        get_bool(ctx, v, "asObjects", &out->as_objects) < 0)
        return ERR_SCRIPT;
    if (out->has_from && out->has_to && out->from >= out->to)
        return err_set(e, ERR_INVALID, "fromLine must be less than or equal to toLine");
    return 0;
}

/* Rows as file and options ask for them; NULL with an exception pending. prefix: k6's words. */
static struct csv_rows *open_rows(JSContext *ctx, struct fs_file *f, JSValueConst v,
                                  struct csv_options *options, const char *prefix)
{
    struct csv_rows *rows = NULL;
    struct err e = {0};
    int rc = get_options(ctx, v, options, &e);
    if (rc == ERR_INVALID) {
        jsarg_throw(ctx, "%s; reason: %s", prefix, e.msg);
    } else if (rc == 0) {
        rc = csv_rows_new(&rows, options, read_file, f, &e);
        if (rc < 0)
            jsarg_throw(ctx, "failed to create a new parser; reason: %s", e.msg);
    }
    err_deinit(&e);
    return rows;
}

/* ---- parse ---- */

/* Files and options that give the same rows have the same name. */
static char *array_name(const struct fs_file *f, const struct csv_options *o)
{
    return mem_printf("csv.parse.%d%d%02x.%d.%lld.%d.%lld:%s", o->as_objects, o->skips_first,
                      (unsigned)(unsigned char)o->delimiter, o->has_from, (long long)o->from,
                      o->has_to, (long long)o->to, fs_file_path(f));
}

/* All rows packed; NULL with text in e. */
static struct shared_array *pack_rows(struct csv_rows *rows, struct err *e)
{
    struct csv_record row;
    struct buf json;
    struct err cause = {0};
    struct shared_array_builder *b = shared_array_builder_new();
    int rc;
    buf_init(&json, BUF_NO_LIMIT);
    while ((rc = csv_rows_next(rows, &row, &cause)) > 0) {
        buf_clear(&json);
        csv_rows_put_json(&json, rows, &row);
        rc = shared_array_add_json(b, (struct str){json.data, json.len}, &cause);
        if (rc < 0)
            break;
    }
    buf_deinit(&json);
    if (rc < 0)
        err_set(e, rc, "failed to read record; reason: %s", cause.msg);
    err_deinit(&cause);
    if (rc == 0)
        return shared_array_finish(b);
    shared_array_builder_free(b);
    return NULL;
}

/* The rows as a promise for a SharedArray; whoever asks first makes it. */
static JSValue share_rows(JSContext *ctx, struct str name, struct csv_rows *rows)
{
    const struct shared_array *a = NULL;
    struct err e = {0};
    int claim = mod_data_claim(ctx, name, &a);
    if (claim < 0)
        return JS_EXCEPTION;
    if (claim == SHARED_ARRAY_YOURS) {
        struct shared_array *made = pack_rows(rows, &e);
        if (made != NULL)
            a = shared_array_publish(mod_data_store(ctx), name, made);
        else
            shared_array_drop(mod_data_store(ctx), name);
    }
    JSValue promise = a != NULL ? mod_promise_resolved(ctx, mod_data_new_array(ctx, a))
                                : mod_promise_rejected(ctx, jsarg_new_error(ctx, "%s", e.msg));
    err_deinit(&e);
    return promise;
}

static JSValue csv_parse(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct csv_options options;
    struct fs_file *f = get_file(ctx, argc > 0 ? argv[0] : JS_UNDEFINED);
    if (f == NULL)
        return JS_EXCEPTION;
    /* The script's getters may drop the File. */
    fs_file_ref(f);
    struct csv_rows *rows = open_rows(ctx, f, argc > 1 ? argv[1] : JS_UNDEFINED, &options,
                                      "failed to interpret the provided Parser options");
    JSValue promise = JS_EXCEPTION;
    if (rows != NULL) {
        char *name = array_name(f, &options);
        promise = share_rows(ctx, str_of(name), rows);
        mem_free(name);
    }
    csv_rows_free(rows);
    fs_file_unref(f);
    return promise;
}

/* ---- Parser ---- */

struct parser {
    struct fs_file *file;
    struct csv_rows *rows;
};

static void parser_finalizer(JSRuntime *rt, JSValueConst v)
{
    struct parser *p = JS_GetOpaque(v, CLASS_CSV_PARSER);
    if (p == NULL)
        return;
    csv_rows_free(p->rows);
    fs_file_unref(p->file);
    mem_free(p);
}

static const JSClassDef PARSER_CLASS = {"Parser", .finalizer = parser_finalizer};

static JSValue new_row(JSContext *ctx, const struct csv_rows *rows, const struct csv_record *row)
{
    const struct str *names = csv_rows_names(rows);
    JSValue value = names != NULL ? JS_NewObject(ctx) : JS_NewArray(ctx);
    for (size_t i = 0; i < row->len && !JS_IsException(value); i++) {
        JSValue field = jsarg_new_str(ctx, row->fields[i]);
        int rc = -1;
        if (names == NULL) {
            rc = JS_DefinePropertyValueUint32(ctx, value, (uint32_t)i, field, JS_PROP_C_W_E);
        } else {
            JSAtom name = JS_NewAtomLen(ctx, names[i].p, names[i].len);
            if (name != JS_ATOM_NULL)
                rc = JS_DefinePropertyValue(ctx, value, name, field, JS_PROP_C_W_E);
            else
                JS_FreeValue(ctx, field);
            JS_FreeAtom(ctx, name);
        }
        if (rc < 0) {
            JS_FreeValue(ctx, value);
            value = JS_EXCEPTION;
        }
    }
    return value;
}

/* Takes value. */
static JSValue new_result(JSContext *ctx, bool is_done, JSValue value)
{
    JSValue result = JS_IsException(value) ? value : JS_NewObject(ctx);
    if (JS_IsException(result)) {
        JS_FreeValue(ctx, value);
        return JS_EXCEPTION;
    }
    if (JS_SetPropertyStr(ctx, result, "done", JS_NewBool(ctx, is_done)) < 0) {
        JS_FreeValue(ctx, value);
        JS_FreeValue(ctx, result);
        return JS_EXCEPTION;
    }
    if (JS_SetPropertyStr(ctx, result, "value", value) < 0) {
        JS_FreeValue(ctx, result);
        return JS_EXCEPTION;
    }
    return result;
}

static JSValue parser_next(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct parser *p = JS_GetOpaque2(ctx, this_val, CLASS_CSV_PARSER);
    struct csv_record row;
    struct err e = {0};
    if (p == NULL)
        return JS_EXCEPTION;
    int rc = csv_rows_next(p->rows, &row, &e);
    JSValue promise =
        rc > 0    ? mod_promise_resolved(ctx, new_result(ctx, false, new_row(ctx, p->rows, &row)))
        : rc == 0 ? mod_promise_resolved(ctx, new_result(ctx, true, JS_NewArray(ctx)))
                  : mod_promise_rejected_text(ctx, "%s", e.msg);
    err_deinit(&e);
    return promise;
}

static JSValue csv_parser(JSContext *ctx, JSValueConst new_target, int argc, JSValueConst *argv)
{
    struct csv_options options;
    if (!pod_is_init(ctx))
        return jsarg_throw(ctx, "csv Parser constructor must be called in the init context");
    if (argc < 1 || jsarg_is_nullish(argv[0]))
        return jsarg_throw(ctx,
                           "csv Parser constructor takes at least one non-nil source argument");
    struct fs_file *f = get_file(ctx, argv[0]);
    if (f == NULL)
        return JS_EXCEPTION;
    fs_file_ref(f);
    struct csv_rows *rows = open_rows(ctx, f, argc > 1 ? argv[1] : JS_UNDEFINED, &options,
                                      "encountered an error while interpreting Parser options");
    JSValue object = rows != NULL ? JS_NewObjectClass(ctx, CLASS_CSV_PARSER) : JS_EXCEPTION;
    if (JS_IsException(object)) {
        csv_rows_free(rows);
        fs_file_unref(f);
        return JS_EXCEPTION;
    }
    struct parser *p = MEM_NEW(struct parser);
    *p = (struct parser){f, rows};
    JS_SetOpaque(object, p);
    return object;
}

/* ---- the module ---- */

static const JSCFunctionListEntry parser_methods[] = {
    JS_CFUNC_DEF("next", 0, parser_next),
};

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF("parse", 2, csv_parse),
};

static int csv_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    JSValue proto = JS_NewObject(ctx);
    if (JS_IsException(proto))
        return -1;
    if (JS_SetPropertyFunctionList(ctx, proto, parser_methods, 1) < 0) {
        JS_FreeValue(ctx, proto);
        return -1;
    }
    JSValue fn = JS_NewCFunction2(ctx, csv_parser, "Parser", 2, JS_CFUNC_constructor_or_func, 0);
    if (JS_IsException(fn) || JS_SetConstructor(ctx, fn, proto) < 0) {
        JS_FreeValue(ctx, fn);
        JS_FreeValue(ctx, proto);
        return -1;
    }
    if (pod_new_class(ctx, CLASS_CSV_PARSER, &PARSER_CLASS, proto) < 0) {
        JS_FreeValue(ctx, fn);
        return -1;
    }
    if (JS_SetPropertyStr(ctx, exports, "Parser", fn) < 0)
        return -1;
    return JS_SetPropertyFunctionList(ctx, exports, functions,
                                      sizeof functions / sizeof functions[0]);
}

const struct js_module mod_csv = {
    .name = "k6/experimental/csv",
    .open = csv_open,
    .has_default = true,
    .has_named = true,
};
