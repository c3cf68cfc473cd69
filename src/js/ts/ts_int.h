/* ts_int.h - inside the TypeScript transformer. One pass over the text:
 *
 *   ts_scan  text -> tokens, one at a time, never ahead of the parser (it alone knows what "/" is)
 *   ts_type  types, which are skipped
 *   ts_expr, ts_func, ts_class, ts_stmt, ts_import, ts_space   the language, by recursive descent
 *   ts_name  scopes: which import is used as a value, which name belongs to a namespace or an enum
 *   ts_edit  what to blank, what to write; the output is the source with the edits applied
 *
 * Some texts are ambiguous until their end, `(a): b => c` or `f<T>(x)`. They are tried: ts_mark
 * remembers all state, ts_back returns to it. An error makes the scanner give TS_EOF for ever, so
 * that a failed try unwinds by itself; ts_back clears it. */
#ifndef C6_TS_INT_H
#define C6_TS_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

/* Punctuators of one character are their own kind; "<" and ">" always come alone. */
enum ts_kind {
    TS_EOF = 0,
    TS_NAME = 256, /* identifiers and keywords: see word */
    TS_PRIVATE,    /* #x */
    TS_STRING,
    TS_NUMBER,
    TS_ARROW,    /* => */
    TS_OPTIONAL, /* ?. */
    TS_ELLIPSIS,
    TS_STEP,   /* ++ -- */
    TS_BINARY, /* an operator of several characters between two operands */
    TS_ASSIGN, /* += and its kin, not "=" */
};

enum ts_word {
    W_NONE,
    /* reserved */
    W_BREAK,
    W_CASE,
    W_CATCH,
    W_CLASS,
    W_CONST,
    W_CONTINUE,
    W_DEBUGGER,
    W_DEFAULT,
    W_DELETE,
    W_DO,
    W_ELSE,
    W_ENUM,
    W_EXPORT,
    W_EXTENDS,
    W_FALSE,
    W_FINALLY,
    W_FOR,
    W_FUNCTION,
    W_IF,
    W_IMPORT,
    W_IN,
    W_INSTANCEOF,
    W_NEW,
    W_NULL,
    W_RETURN,
    W_SUPER,
    W_SWITCH,
    W_THIS,
    W_THROW,
    W_TRUE,
    W_TRY,
    W_TYPEOF,
    W_VAR,
    W_VOID,
    W_WHILE,
    W_WITH,
    W_LAST_RESERVED = W_WITH,
    /* words with a meaning in some places */
    W_ABSTRACT,
    W_ACCESSOR,
    W_AS,
    W_ASSERTS,
    W_ASYNC,
    W_AWAIT,
    W_CONSTRUCTOR,
    W_DECLARE,
    W_FROM,
    W_GET,
    W_GLOBAL,
    W_IMPLEMENTS,
    W_INFER,
    W_INTERFACE,
    W_IS,
    W_KEYOF,
    W_LET,
    W_MODULE,
    W_NAMESPACE,
    W_OF,
    W_OUT,
    W_OVERRIDE,
    W_PRIVATE,
    W_PROTECTED,
    W_PUBLIC,
    W_READONLY,
    W_REQUIRE,
    W_SATISFIES,
    W_SET,
    W_STATIC,
    W_TYPE,
    W_UNIQUE,
    W_USING,
    W_YIELD,
};

/* Numbers of symbols, or places in the text; for the macros of vec.h. */
struct ts_numbers {
    uint32_t *items;
    size_t len, cap;
};

struct ts_token {
    int kind;
    enum ts_word word;
    uint32_t start, end;
    bool after_line; /* a line break comes before it */
};

struct ts_edit {
    uint32_t start, end; /* equal: only text is put in */
    const char *text;    /* NULL: the part is blanked; in the arena */
    uint32_t order;
};

/* A name used as a value. */
struct ts_ref {
    uint32_t symbol;
    uint32_t start;
    bool is_shorthand; /* { x } */
};

enum {
    DECL_VALUE = 1,
    DECL_TYPE = 2,
    DECL_HOISTED = 4, /* var: belongs to the function */
    DECL_MEMBER = 8,  /* an exported variable of a namespace, a member of an enum: N.x */
    DECL_EARLIER =
        16, /* the same of an earlier block of this namespace or enum: anything hides it */
    DECL_IMPORT = 32,
    DECL_OBJECT = 64, /* class, function, enum, namespace: later blocks add to it */
};

struct ts_decl {
    uint32_t symbol;
    uint32_t flags;
};

/* A namespace or an enum over all its blocks. */
struct ts_space {
    struct ts_space *parent;
    uint32_t scope; /* serial of the scope it stands in, where parent is NULL */
    uint32_t symbol;
    struct ts_numbers members;
    struct ts_numbers texts; /* those of them whose value is a string (enum) */
};

struct ts_scope {
    uint32_t serial;
    uint32_t first_ref, first_decl;
    bool is_function;       /* var stops here */
    struct ts_space *space; /* of a namespace or an enum */
    const char *holder;     /* the variable that holds its members */
};

struct ts_context {
    bool no_in;          /* the head of a for */
    bool in_conditional; /* between ? and :, where "(a): b =>" may be no arrow function */
    bool no_conditional; /* types: behind extends */
};

/* A constructor with parameter properties, while it is parsed. */
struct ts_super {
    struct ts_numbers starts, ends;
    uint32_t direct; /* how many are statements of their own in the constructor's body */
    int depth;       /* of the statements of its body */
    uint32_t body;   /* where its first statement may stand */
};

enum ts_clause { CLAUSE_DEFAULT, CLAUSE_SPACE, CLAUSE_NAMED };

struct ts_import_name {
    uint32_t symbol;
    uint32_t start, end; /* with the comma behind it */
    enum ts_clause clause;
    bool is_type;
};

/* An import statement, judged when all uses are known. */
struct ts_import {
    uint32_t start, end;
    uint32_t first_name, name_count;
    uint32_t named_start, named_end; /* the braces, with the comma before them; equal: none */
    bool is_equals;                  /* import a = b.c */
};

struct ts_export_name {
    uint32_t symbol;
    uint32_t start, end;
    bool is_default; /* export default name: start and end are the statement's */
};

enum ts_binding_mode {
    BIND_LOCAL = DECL_VALUE,
    BIND_VAR = DECL_VALUE | DECL_HOISTED,
    BIND_MEMBER = DECL_VALUE | DECL_MEMBER,
};

struct ts {
    const char *src; /* NUL-terminated */
    uint32_t len;
    struct arena *arena;
    /* scanner */
    struct ts_token tok;
    uint32_t prev_end;
    uint64_t steps_left;
    uint8_t *no_arrow; /* a bit a byte of the text: no arrow function begins here, it was tried */
    /* first error */
    bool failed;
    uint32_t error_at;
    const char *error;
    bool is_hopeless; /* it ends tries too */
    /* parser */
    int depth;
    struct ts_context context;
    struct ts_super *super;
    struct ts_numbers
        *properties;     /* constructor parameters with a modifier; NULL: none allowed here */
    uint32_t erased_end; /* where the last blanked part ended */
    uint32_t whole_end;  /* where the last statement that went as a whole ended */
    bool is_ambient;     /* inside declare: all of it is dropped */
    /* results */
    VEC(struct ts_edit) edits;
    VEC(struct ts_ref) refs;
    VEC(struct ts_decl) decls;
    VEC(struct ts_scope) scopes;
    VEC(struct ts_import) imports;
    VEC(struct ts_import_name) import_names;
    VEC(struct ts_export_name) export_names;
    VEC(struct ts_space *) spaces;
    bool saw_module_syntax, kept_module_syntax;
    /* names */
    struct map *symbols; /* text -> index + 1 */
    VEC(struct str) names;
    struct ts_numbers marks; /* by symbol: the scope (serial) that closed last with a declaration */
    struct ts_numbers flags; /* by symbol: of that declaration */
    uint32_t serial;
};

struct ts_mark {
    struct ts_token tok;
    uint32_t prev_end, erased_end;
    size_t edits, refs, decls, scopes, imports, import_names, export_names;
    struct ts_context context;
    struct ts_super *super;
    size_t supers;
    struct ts_numbers *properties;
    int depth;
    bool is_ambient;
};

/* ts_scan.c */
void ts_next(struct ts *p);
/* The current token, "/" or "/=", is the beginning of a regular expression: takes it whole. */
void ts_scan_regexp(struct ts *p);
/* The current token, "<" or ">", as the longest operator that begins with it. */
void ts_scan_angle(struct ts *p);
/* From behind "`" or "}" to behind the next "${" (true) or the closing "`" (false). */
bool ts_scan_template(struct ts *p, uint32_t from);
bool ts_fail(struct ts *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void ts_fail_at(struct ts *p, uint32_t at, const char *text);
void ts_unexpected(struct ts *p); /* fails about the current token */
struct ts_mark ts_mark(struct ts *p);
void ts_back(struct ts *p, const struct ts_mark *m);
bool ts_at_word(const struct ts *p, enum ts_word word);
bool ts_at_name(const struct ts *p); /* an identifier that is not reserved */
bool ts_take(struct ts *p, int kind);
bool ts_take_word(struct ts *p, enum ts_word word);
bool ts_expect(struct ts *p, int kind);
bool ts_expect_word(struct ts *p, enum ts_word word);
struct ts_token ts_peek(struct ts *p);
bool ts_enter(struct ts *p); /* one level deeper; false: too deep. Followed by ts_leave when true */
void ts_leave(struct ts *p);

/* ts_edit.c */
void ts_erase(struct ts *p, uint32_t start, uint32_t end);
/* Erases a whole statement or class member: ";" stays, so that the line before is not continued.
 * All edits since mark are dropped. */
void ts_erase_whole(struct ts *p, const struct ts_mark *since, uint32_t start);
void ts_insert(struct ts *p, uint32_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void ts_replace(struct ts *p, uint32_t start, uint32_t end, const char *text);
/* The end of a statement: ";", or none before "}", at the end of the text or of the line. */
void ts_end_statement(struct ts *p);
char *ts_apply(struct ts *p, size_t *len);

/* ts_name.c */
uint32_t ts_symbol(struct ts *p, uint32_t start, uint32_t end);
struct str ts_text(const struct ts *p, uint32_t symbol);
void ts_refer(struct ts *p, uint32_t start, uint32_t end, bool is_shorthand);
void ts_declare(struct ts *p, uint32_t symbol, uint32_t flags);
uint32_t ts_declared(const struct ts *p, uint32_t symbol); /* flags in the innermost scope; 0 */
struct ts_scope *ts_scope(struct ts *p);
void ts_open(struct ts *p, bool is_function);
void ts_open_space(struct ts *p, struct ts_space *space, const char *holder);
void ts_close(struct ts *p);
struct ts_space *ts_space_get(struct ts *p, uint32_t symbol);
void ts_space_add(struct ts_space *s, uint32_t member);
bool ts_space_has(const struct ts_space *s, uint32_t member);
/* A variable name for symbol's members that the text does not hold. In the arena. */
const char *ts_fresh_name(struct ts *p, struct str base);

/* ts_type.c: all skip; the caller erases */
void ts_type(struct ts *p);
void ts_return_type(struct ts *p); /* behind ":": also `x is T`, `asserts x` */
bool ts_type_arguments(struct ts *p);
void ts_type_parameters(struct ts *p);
void ts_erase_annotation(struct ts *p);      /* ": T" if there is one */
void ts_erase_type_parameters(struct ts *p); /* "<...>" if there is one */

/* ts_expr.c */
void ts_expression(struct ts *p); /* with commas */
void ts_assignment(struct ts *p);
void ts_left_side(struct ts *p);    /* what may stand behind extends */
void ts_property_key(struct ts *p); /* of objects and classes; records no use */
void ts_binding(struct ts *p, uint32_t mode);

/* ts_func.c */
/* From the type parameters on. False: it had no body (an overload), and the end of the statement
 * has not been taken. name: of a function expression, 0 for none. */
bool ts_function_rest(struct ts *p, uint32_t name);
/* The same for a constructor: properties is filled with the parameters that have a modifier. */
bool ts_constructor_rest(struct ts *p, struct ts_numbers *properties, struct ts_super *super);
void ts_function_body(struct ts *p);
/* From "(" or the "<" before it: an arrow function if it is one (then true), else nothing is taken.
 * async_end: end of the word async, or 0. */
bool ts_try_arrow(struct ts *p, uint32_t async_end);
void ts_arrow_body(struct ts *p);

/* ts_class.c: from the word class on */
void ts_class(struct ts *p, bool is_statement);

/* ts_stmt.c */
void ts_statement(struct ts *p);
void ts_statements(struct ts *p, int end);
void ts_variables(struct ts *p,
                  uint32_t mode); /* behind var, let, const; up to the statement's end */
/* From the word async or function on. False: an overload; it is gone from start on. */
bool ts_function_statement(struct ts *p, const struct ts_mark *since, uint32_t start);
/* A statement that only TypeScript has, if the current token begins one. Declared names are
 * noted. exported: behind the word export, whose start is given. */
bool ts_typescript_statement(struct ts *p, const struct ts_mark *since, uint32_t start,
                             bool exported);

/* ts_import.c */
void ts_import(struct ts *p);
void ts_export(struct ts *p);
void ts_judge_imports(struct ts *p); /* before the module's scope is closed */

/* ts_space.c: from the word on; start is the statement's, since is its mark */
void ts_enum(struct ts *p, uint32_t start, const struct ts_mark *since, bool exported);
void ts_namespace(struct ts *p, uint32_t start, const struct ts_mark *since, bool exported);

#endif
