/* engine.h - what c6 needs of QuickJS-ng beyond quickjs.h: the state that the engine keeps per
 * runtime and that VUs of a pod swap, jobs, and facts about objects that the public interface does
 * not give. Implemented by engine.c and the files it includes, one translation unit with the
 * engine; for the js folder only (pod.h is for everyone else). */
#ifndef C6_ENGINE_H
#define C6_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <quickjs.h>

struct engine_realms;

/* One VU's share of the runtime while another VU is inside. */
struct engine_state {
    void *frame; /* innermost stack frame */
    void *parent_promise;
    JSValue exception; /* pending, or the engine's mark for none */
    void *jobs_first;  /* the job queue without its head; NULL: empty */
    void *jobs_last;
    uintptr_t stack_size, stack_top, stack_limit;
    bool in_out_of_memory;
    bool in_build_stack_trace;
};

/* An empty state: no frames, no jobs, no exception. */
void engine_state_init(struct engine_state *s);
/* Exchanges the runtime's state for *s; called in pairs, so that *s holds the VU's while it is
 * outside and the outer one while inside. */
void engine_swap(JSRuntime *rt, struct engine_state *s);
/* While inside: script may use the stack that begins at low down to low + reserve. */
void engine_set_stack(JSRuntime *rt, void *low, size_t size, size_t reserve);
/* Drops the jobs and the exception that a VU left behind; while inside. */
void engine_drop_jobs(JSRuntime *rt);
/* Runs the first job of the queue. 1: it ran; 0: there was none; -1: it threw (pending). A job of
 * another realm than the one inside, a finalization callback that this VU's collection found, goes
 * to give_away instead, with that realm's number. */
int engine_run_job(struct engine_realms *r,
                   void (*give_away)(void *opaque, uint32_t number, void *job), void *opaque);
/* Appends such a job to the queue of its VU, which is outside. */
void engine_add_job(struct engine_state *s, void *job);
void engine_free_job(JSRuntime *rt, void *job); /* its VU is gone */

/* Realms: the engine ties each compiled function to one context for good, so VUs that share
 * functions share a context. What makes it this or that VU's (globals, prototypes, constructors,
 * loaded modules) is a realm; one at a time is inside the context, the others wait outside. */
struct engine_realm;
struct engine_realms;
/* A context with no realm inside. NULL: no memory. All classes must be known by now. */
struct engine_realms *engine_realms_new(JSRuntime *rt);
void engine_realms_free(struct engine_realms *r); /* no realm may be left */
JSContext *engine_realms_ctx(struct engine_realms *r);
/* A realm with the language's basic objects, inside now. Its number is no other realm's. NULL: no
 * memory. */
struct engine_realm *engine_realm_new(struct engine_realms *r, uint64_t seed);
/* The memory that is copied when the realm enters. */
const void *engine_realm_contents(const struct engine_realm *realm, size_t *size);
uint32_t engine_realm_number(const struct engine_realm *realm);
/* Puts the realm into the context. Cheap when it is there already. */
void engine_realm_enter(struct engine_realms *r, struct engine_realm *realm);
/* Frees the realm's own references; what lies in cycles goes with the next collection. */
void engine_realm_free(struct engine_realms *r, struct engine_realm *realm);
/* FinalizationRegistry in this realm queues jobs that know their realm. After
 * JS_AddIntrinsicWeakRef. */
int engine_mark_finalizers(JSContext *ctx);

/* Instead of JS_AddIntrinsicRegExp: it is added when the first pattern is compiled, or by
 * engine_need_regexp. -1: no memory, pending. */
int engine_put_off_regexp(JSContext *ctx);
int engine_need_regexp(JSContext *ctx);
bool engine_has_regexp(JSContext *ctx);

/* Compiled code that realms of one context share. Made of what JS_ReadObject gave (borrowed; a
 * module must not be linked yet). NULL: no memory (no exception pending). */
struct engine_code;
struct engine_code *engine_code_new(JSContext *ctx, JSValueConst read);
void engine_code_free(JSContext *ctx, struct engine_code *code);
/* As JS_ReadObject: a function for JS_EvalFunction, or a module in the realm inside, for which
 * those it requests are loaded. JS_EXCEPTION: a pending one. */
JSValue engine_code_value(JSContext *ctx, const struct engine_code *code);
/* Freezes the template objects of tagged literals in what JS_ReadObject gave, as the language wants
 * it and the engine forgets. 1: there are some, and as they are of one realm, the code is not to be
 * shared; 0: none; -1: no memory, pending. */
int engine_freeze_templates(JSContext *ctx, JSValueConst read);

size_t engine_memory(JSRuntime *rt); /* bytes the runtime's allocator holds for values */
/* Adds to that what values hold elsewhere: the next collection comes the sooner. */
void engine_add_memory(JSRuntime *rt, ptrdiff_t bytes);

/* The file of the innermost script function on the stack: "file:///dir/lib.js". JS_ATOM_NULL when
 * there is none; free it. */
JSAtom engine_caller_file(JSContext *ctx);
/* So for the outermost function above the innermost call of the native function until. */
JSAtom engine_outer_file(JSContext *ctx, JSCFunctionMagic *until);

/* The rejection of this promise is dealt with: no report of an unhandled one. */
void engine_mark_handled(JSContext *ctx, JSValueConst promise);
JSValue
engine_module_value(JSModuleDef *m); /* a reference, for JS_EvalFunction and JS_WriteObject */
JSModuleDef *engine_module_of(JSValueConst module_value);
/* Takes a module that was compiled for its facts alone out of the context. */
void engine_drop_module(JSContext *ctx, JSModuleDef *m);
void engine_forget_imports(JSModuleDef *m); /* it asks for the modules it imports once more */
JSModuleDef *engine_find_module(JSContext *ctx,
                                const char *name); /* loaded in this context; NULL when not */
/* Takes a name out of m's namespace object; importing it by name goes on working. After linking. */
int engine_hide_from_namespace(JSContext *ctx, JSModuleDef *m, const char *name);
/* Each name that m imports from another module, or one of these. */
#define ENGINE_IMPORT_NAMESPACE  "*"
#define ENGINE_IMPORT_EXPORT_ALL "export *" /* passes all of its names on */
void engine_each_import(JSContext *ctx, JSModuleDef *m,
                        void (*each)(void *opaque, const char *module, const char *name),
                        void *opaque);
/* Each module that an import or export statement of m names, as written; named or not. */
void engine_each_request(JSContext *ctx, JSModuleDef *m,
                         void (*each)(void *opaque, const char *module), void *opaque);
/* A freshly compiled module: has it imports, exports or top-level await? Without, k6 takes it for
 * CommonJS. */
bool engine_module_is_esm(JSModuleDef *m);

bool engine_module_is_native(const JSModuleDef *m); /* made by JS_NewCModule */
/* Adds an export to such a module unless it is there, also when it is linked; value (taken) is then
 * what it has. */
int engine_add_export(JSContext *ctx, JSModuleDef *m, const char *name, JSValue takes_value);
/* Gives each export of such a module, linked, the value that value_of tells for its name. */
int engine_set_exports(JSContext *ctx, JSModuleDef *m, JSValueConst of,
                       JSValue (*value_of)(JSContext *ctx, JSValueConst of, const char *name));
/* Makes m's namespace, if anybody wants it, one of object's own properties. */
int engine_fill_namespace(JSContext *ctx, JSModuleDef *m, JSValueConst object);
JSValue engine_to_object(JSContext *ctx, JSValueConst v); /* Object(v) */
/* v's iterator; undefined when v is not iterable. Each item is the caller's; undefined with *is_done
 * at the end. Whoever stops before closes; what closing throws is swallowed. */
JSValue engine_iterator(JSContext *ctx, JSValueConst v);
JSValue engine_iterator_next(JSContext *ctx, JSValueConst iterator, bool *is_done);
void engine_iterator_close(JSContext *ctx, JSValueConst iterator);
/* A new object of the same class with the same properties, much cheaper than defining them one by
 * one. plain has values and getters only, none that the engine makes at first use. The opaque of a
 * class of c6's own is the caller's to set. */
JSValue engine_copy_object(JSContext *ctx, JSValueConst plain);
void engine_make_extensible(JSValueConst object); /* undoes Object.preventExtensions */

/* An instance of the engine's error class with another prototype (borrowed), no stack yet. */
JSValue engine_new_error(JSContext *ctx, JSValueConst proto);
/* The stack frames stored in an error, one "    at f (file:1:2)" a line; undefined for other values
 * and when it has none. */
JSValue engine_error_frames(JSContext *ctx, JSValueConst v);
/* The frames, of that form, of the first throw since the last call of this function that no script
 * caught; undefined if there was none. Also for values that are no errors. */
JSValue engine_take_throw_frames(JSContext *ctx);
/* Replaces them by text of that form; error must be an instance of the engine's error class. */
void engine_set_error_frames(JSContext *ctx, JSValueConst error, JSValue takes_frames);

/* Makes all own properties enumerable and leaves those unmade that the engine makes at their first
 * use. */
int engine_make_enumerable(JSContext *ctx, JSValueConst object);
JSValue engine_error_ctor(JSContext *ctx);
/* The buffer under a typed array or DataView, and which part of it that is. Throws when the view is
 * out of bounds. */
JSValue engine_view(JSContext *ctx, JSValueConst view, size_t *offset, size_t *len);
/* Pairs of a Map or elements of a Set as a flat array: k0, v0, k1, v1... or k0, k1... */
JSValue engine_map_entries(JSContext *ctx, JSValueConst map_or_set);

/* True when the stack is nearly used up: recursive C code throws then, as script does. */
bool engine_is_stack_low(JSContext *ctx);

/* ---- functions of the engine with others in their place ---- */

/* Makes the global object one of class id, whose exotic methods are then asked for what it lacks.
 */
void engine_set_global_class(JSContext *ctx, JSClassID id);
/* Without asking exotic methods. */
bool engine_has_plain_property(JSValueConst object, JSAtom name);

enum engine_proto { PROTO_STRING, PROTO_DATE, PROTO_FUNCTION };
/* Functions that no script has named yet are made from list (static) instead of the engine's own; it
 * costs no memory. The built-in must be there, unused. */
void engine_replace_functions(JSContext *ctx, enum engine_proto which,
                              const JSCFunctionListEntry *list, int count);
/* Function.prototype.toString as it was. */
JSValue engine_function_text(JSContext *ctx, JSValueConst fn);
bool engine_is_native_function(JSValueConst fn); /* of C code, or bound, or a proxy */
/* Where a script's function begins, if its own text is not kept. False: none, or it is. file is no
 * new reference. */
struct engine_place {
    JSAtom file;
    int line, column;
};
bool engine_function_place(JSValueConst fn, struct engine_place *place);
/* Gives fn the text that the function at its place has in compiled (a module or script, not linked
 * yet); 0, also when there is none, or -1. */
int engine_copy_source(JSContext *ctx, JSValueConst fn, JSValueConst compiled);
/* What runs when a script calls or constructs Date; engine_date_construct is what ran before. */
void engine_replace_date(JSContext *ctx, JSCFunction *fn);
JSValue engine_date_construct(JSContext *ctx, JSValueConst new_target, int argc,
                              JSValueConst *argv);
/* The code points of a string, fully decomposed (NFD), for js_free; NULL when there are none. -1: out
 * of memory. */
int engine_decompose(JSContext *ctx, JSValueConst string, uint32_t **out);

/* Kinds of objects, as far as printing and exporting them differs. */
enum engine_kind {
    KIND_PLAIN, /* no object, or one like any other */
    KIND_ARRAY, /* or a proxy of one */
    KIND_FUNCTION,
    KIND_ERROR,
    KIND_DATE,
    KIND_REGEXP,
    KIND_MAP,
    KIND_SET,
    KIND_TYPED_ARRAY,
    KIND_ARRAYBUFFER,
    KIND_DATAVIEW,
    KIND_PROMISE,
    KIND_PROXY,
    KIND_BOXED, /* new String("x") and its kin */
};
enum engine_kind engine_kind_of(JSContext *ctx, JSValueConst v);
JSValue engine_unbox(JSContext *ctx, JSValueConst boxed); /* what a KIND_BOXED or KIND_DATE holds */

/* What the engine does when a property of a proxy is asked for, and a replacement for it in a
 * runtime that has proxies. A proxy's handler (borrowed) is undefined once it is revoked. For
 * virtual_array.c. */
const JSClassExoticMethods *engine_proxy_methods(void);
void engine_set_proxy_methods(JSRuntime *rt, const JSClassExoticMethods *methods);
JSValueConst engine_proxy_handler(JSValueConst proxy);
enum engine_name { NAME_OTHER, NAME_INDEX, NAME_LENGTH };
enum engine_name engine_name_of(JSAtom name, uint32_t *index);

#endif
