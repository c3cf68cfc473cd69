/* typescript_test.c - TypeScript to JavaScript: what goes, what stays in its place, what is
 * written. */
#include "js/typescript.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput typescript_fuzz_one
#include "../../fuzz/typescript_fuzz.c"

static char *transform(const char *source)
{
    struct typescript_error why;
    char *out;
    size_t len;
    if (typescript_transform(str_of(source), &out, &len, &why) < 0) {
        print_error("%s\n%d:%d %s\n", source, why.line, why.column, why.text);
        fail();
    }
    assert_int_equal(strlen(out), len);
    return out;
}

/* Runs of spaces count as one: most of what goes leaves them. */
static void expect(const char *source, const char *wanted)
{
    char *out = transform(source);
    char *to = out;
    for (const char *from = out; *from != '\0'; from++) {
        if (*from == '\n' && to > out && to[-1] == ' ')
            to--;
        if (*from != ' ' || (to > out && to[-1] != ' ' && to[-1] != '\n'))
            *to++ = *from;
    }
    while (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    assert_string_equal(out, wanted);
    mem_free(out);
}

static void expect_same(const char *source)
{
    char *out = transform(source);
    assert_string_equal(out, source);
    mem_free(out);
}

static void expect_error(const char *source, int line, int column, const char *text)
{
    struct typescript_error why;
    char *out;
    size_t len;
    assert_int_equal(typescript_transform(str_of(source), &out, &len, &why), ERR_INVALID);
    assert_null(out);
    if (why.line != line || why.column != column || strcmp(why.text, text) != 0)
        print_error("%s: %d:%d %s\n", source, why.line, why.column, why.text);
    assert_string_equal(why.text, text);
    assert_int_equal(why.line, line);
    assert_int_equal(why.column, column);
}

static void javascript_stays_as_it_is(void **state)
{
    expect_same("");
    expect_same("#!/usr/bin/env c6\nlet a = 1 // c\n/* d\n */ a++");
    expect_same("var re = /[/'\"`]/g, d = a / b / c, e = x++ / 2, t = `a${`b${ {c: 1}.c }`}\\``;");
    expect_same("if (a < b || c > (d)) f(a < b, c > 1); for (x in y) ; for (const z of [1]) {}");
    expect_same("class A extends B { #p = 1; static { this.q } get x() { return #p in this } 'y' = "
                "2; 3() {} *[z]() {} }");
    expect_same(
        "a?.b?.[c]?.(d) ?\? (e = f, g => ({ h, ...i, async *j() {}, get k() { return 1 } }));");
    expect_same("let { a, b: [c = 1, , ...d], ...e } = f; label: for (;;) { break label }");
    expect_same("type = 1; declare(x); namespace.y; abstract; async (x); of = as; get\nset");
    expect_same("export default async function* f() { yield; yield* x; await y; new.target; }");
    expect_same(
        "x = a ? (b) : c => d; y = a ? b => c : d; z = a >>> b >= c << d; w >>>= 1; v ?\?= 2n");
    expect_same("import 'x'; import.meta.url; import('y'); export * as z from 'z'; export { q as "
                "'a b' } from 'r';");
}

static void types_leave_room(void **state)
{
    char *out = transform("let a: number = 1, b: Map<string, () => void>;");
    assert_string_equal(out, "let a         = 1, b                         ;");
    mem_free(out);
    out = transform("let \xC3\xA4: '\xC3\xA4\xC3\xB6' = 1;");
    assert_string_equal(out, "let \xC3\xA4       = 1;");
    mem_free(out);
}

static void lines_stay(void **state)
{
    char *out = transform("interface A {\n  b: {\r\n c: 1 }\n}\nx()");
    assert_string_equal(out, ";            \n      \r\n       \n \nx()");
    mem_free(out);
}

static void annotations_go(void **state)
{
    expect("function f<T extends U = V>(this: W, a?: T, { b }: { b: T } = {}, ...c: T[]): asserts "
           "a is T {}",
           "function f ( a , { b } = {}, ...c ) {}");
    expect("let x!: A.B<C>[], y = z as const, w = v! as any as D, u = <T>t, s = r satisfies Q;",
           "let x , y = z , w = v , u = t, s = r ;");
    expect("const f = <T,>(x: T): x is T => x, g = async <T>(x: T) => x;",
           "const f = (x ) => x, g = async (x ) => x;");
    expect("f<A>(x); new G<B, C<D>>(); h<E>`t`; const i = j<K>; l?.<M>(n);",
           "f (x); new G (); h `t`; const i = j ; l?. (n);");
    expect("try { } catch (e: unknown) { }", "try { } catch (e ) { }");
    expect("for (const a: T of b as U) ;", "for (const a of b ) ;");
    expect("type A = 1; interface B extends C<D>, E { f(): void }", "; ;");
    expect(
        "declare const a: 1; declare module 'm' { export default 1 } declare global { var x: 1 }",
        "; ; ;");
    expect("function o(a: 1): void; function o(a) {}", "; function o(a) {}");
}

static void ambiguous_texts_are_read_as_typescript_does(void **state)
{
    expect("let a = x ? (y): z => w : v;", "let a = x ? (y) => w : v;");
    expect("let a = x ? (y) : z => w;", "let a = x ? (y) : z => w;");
    expect("f(a < b, c > (d));", "f(a (d));");
    expect("f(a < b, c > d);", "f(a < b, c > d);");
    expect("let a = b < c > d;", "let a = b < c > d;");
    expect("let e = f < (1 as any), g = (h) < i;", "let e = f < (1 ), g = (h) < i;");
    expect("type A<T> = T extends (infer U extends 1 ? 2 : 3) ? 4 : 5;", ";");
    expect("type E = (<T>() => T extends 1 ? 2 : 3) extends <T>() => T extends 4 ? 5 : 6 ? 7 : 8;",
           ";");
    expect("type M = { readonly [K in keyof T as `x${K}`]-?: T[K] } | new () => void | [a?: 1, "
           "...b: 2[]];",
           ";");
}

static void what_ended_a_line_still_ends_it(void **state)
{
    expect("let a = b as C\n(d)", "let a = b ;\n(d)");
    expect("let a = b!\n[c]", "let a = b\n[c]"); /* an index: so it was without the ! too */
    expect("a()\ntype B = C\n(d)", "a()\n;\n(d)");
    expect("class A { b = 1\n private [c] = 2\n readonly\n *d() {} }",
           "class A { b = 1\n; [c] = 2\nreadonly\n*d() {} }");
    expect("return_(<{\n a: 1 }>b)", "return_((\nb))");
    expect("let f = (a): {\n b: 1 } => a", "let f = (a\n)=> a");
    expect("let f = async <A,\n B>(a) => a", "let f = async(\na) => a");
}

static void classes_lose_types_and_get_properties(void **state)
{
    expect("abstract class A<T> extends B<T> implements C, D { abstract e: T; declare f; private "
           "g?: T = 1; h!: T; }",
           "class A extends B { ; ; g = 1; h ; }");
    expect(
        "class A { m(): void; m(a?: 1): void {} [k: string]: any; static override async n() {} }",
        "class A { ; m(a ) {} ; static async n() {} }");
    expect("class A { constructor(private a, readonly b = 1) { f() } }",
           "class A { a; b; constructor( a, b = 1) {;this.a = a; this.b = b; f() } }");
    expect("class A extends B { constructor(public a) { 'use strict'; g(); super(a); h() } }",
           "class A extends B { a; constructor( a) { 'use strict'; g(); super(a);this.a = a;; h() "
           "} }");
    expect("class A extends B { constructor(public a) { if (a) super(); else super(a) } }",
           "class A extends B { a; constructor( a) { const super$1 = (...args) => { "
           "super(...args);this.a = a; return this; }; "
           "if (a) super$1 (); else super$1 (a) } }");
}

static void imports_that_are_types_go(void **state)
{
    expect("import { Options } from 'k6/options'; export let o: Options;", "; export let o ;");
    expect("import a, { b, type C, d as e } from 'x'; e(a);",
           "import a, { d as e } from 'x'; e(a);");
    expect("import a, * as b from 'x'; b.c;", "import * as b from 'x'; b.c;");
    expect("import a, { b } from 'x'; a;", "import a from 'x'; a;");
    expect("import type A from 'x'; import type { B } from 'y'; import type * as C from 'z'; let "
           "a: A;",
           "; ; ; let a ;\nexport {};\n");
    expect("import type, { type as as } from 'x'; type(as);",
           "import type, { type as as } from 'x'; type(as);");
    expect("import { a } from 'x'; function f(a: a) { return a }",
           "; function f(a ) { return a }\nexport {};\n");
    expect("import { a } from 'x'; let b = { a };", "import { a } from 'x'; let b = { a };");
    expect("import { a } from 'x'; export { a }; interface T {} export { T };",
           "import { a } from 'x'; export { a }; ; export { };");
    expect("import a = require('b'); a(); import c = a.d; export import e = a.f;",
           "const a = require('b'); a(); ; export const e = a.f;");
    expect("export type { A } from 'a'; export { type B, c } from 'd'; export type * from 'e'; "
           "export as namespace F;",
           "; export { c } from 'd'; ; ;");
    expect("interface A {} export default A;", ";\nexport {};\n");
    expect("export = a;", "module.exports = a;");
}

static void enums_become_objects(void **state)
{
    expect("enum A { B, C = 5, D, E = C << 1, F, G = 'g', H = f() }",
           "var A; (function (A$1) { A$1[A$1[\"B\"] = 0 ] = \"B\"; A$1[A$1[\"C\"] = 5] = \"C\"; "
           "A$1[A$1[\"D\"] = 6 ] = \"D\"; "
           "A$1[A$1[\"E\"] = A$1.C << 1] = \"E\"; A$1[A$1[\"F\"] = A$1[\"E\"] + 1 ] = \"F\"; "
           "A$1[\"G\"] = 'g'; "
           "A$1[A$1[\"H\"] = f()] = \"H\"; })(A || (A = {}));");
    expect(
        "export const enum A { B = 'x', C = B }",
        "export var A; (function (A$1) { A$1[\"B\"] = 'x'; A$1[\"C\"] = A$1.B; })(A || (A = {}));");
    expect("enum A { B = 'x' as any, C = `y` satisfies string }",
           "var A; (function (A$1) { A$1[\"B\"] = 'x' ; A$1[\"C\"] = `y` ; })(A || "
           "(A = {}));");
    expect("{ enum A {} enum A {} }",
           "{ let A; (function (A$1) { })(A || (A = {})); ;(function (A$1) { })(A || (A = {})); }");
    expect("declare enum A { B } declare const enum C {}", "; ;");
}

static void namespaces_become_objects(void **state)
{
    expect("namespace A { export const b = 1; c(b, { b }); }",
           "var A; (function (A$1) { ;( A$1.b = 1); c(A$1.b, { b: A$1.b }); })(A || (A = {}));");
    expect("namespace A.B { export function c() {} }",
           "var A; (function (A$1) {let B; (function (B$1) { function c() {} B$1.c = c; })(B = "
           "A$1.B || (A$1.B = {})); })(A || (A = {}));");
    expect("namespace A { export let b = 1 } namespace A { b; { let b; b } }",
           "var A; (function (A$1) { ;( A$1.b = 1) })(A || (A = {})); ;(function (A$1) { A$1.b; { "
           "let b; b } })(A || (A = {}));");
    expect("class A {} namespace A { export const b = 1 }",
           "class A {} ;(function (A$1) { ;( A$1.b = 1) })(A || (A = {}));");
    expect("namespace A { export type B = 1; interface C {} } namespace D.E {}", "; ;");
    expect("export namespace A { export const { b, c: [d] } = e; }",
           "export var A; (function (A$1) { ;( { b: A$1.b, c: [A$1.d] } = e); })(A || (A = {}));");
}

static void what_it_cannot_read_is_said_with_its_place(void **state)
{
    expect_error("let x: number = ;", 1, 17, "unexpected \";\"");
    expect_error("\n\nlet \xC3\xA4: = 1", 3, 8, "unexpected \"=\"");
    expect_error("class A { a b }", 1, 13, "expected \";\" but found \"b\"");
    expect_error("@dec class A {}", 1, 1, "decorators are not supported");
    expect_error("class A { @dec b }", 1, 11, "decorators are not supported");
    expect_error("let a = 'b\n", 1, 9, "the string has no end");
    expect_error("let a = `b", 1, 9, "the template has no end");
    expect_error("let a = /b\n", 1, 9, "the regular expression has no end");
    expect_error("/* b", 1, 1, "the comment has no end");
    expect_error("f(", 1, 3, "unexpected end of the file");
    expect_error("enum A { B, C", 1, 14, "expected \"}\" but the file ends");
    expect_error("a \x01 b", 1, 3, "expected \";\" but found \"\x01\"");
}

static void deep_nesting_ends(void **state)
{
    static const char *const PARTS[] = {"(",   "[",         "{a:",    "f(",  "-",     "`${",
                                        "(a=", "a?(b):c=>", "<T>(a=", "x=>", "if(a)", "{"};
    static const char *const TYPES[] = {
        "(", "[", "{a:", "(a:", "A<", "A extends ", "keyof ", "`${", "infer A extends ", "A?B:"};
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0] + sizeof TYPES / sizeof TYPES[0]; i++) {
        bool is_type = i >= sizeof PARTS / sizeof PARTS[0];
        const char *part = is_type ? TYPES[i - sizeof PARTS / sizeof PARTS[0]] : PARTS[i];
        struct typescript_error why;
        struct buf text;
        char *out;
        size_t len;
        buf_init(&text, BUF_NO_LIMIT);
        buf_adds(&text, is_type ? "type X = " : "x = ");
        for (int k = 0; k < 20000; k++)
            buf_adds(&text, part);
        if (typescript_transform((struct str){text.data, text.len}, &out, &len, &why) == 0)
            mem_free(out);
        buf_deinit(&text);
    }
}

static void nested_tries_are_quick(void **state)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, "x=");
    for (int i = 0; i < 100; i++)
        buf_adds(&text, "(a=");
    buf_adds(&text, "1");
    for (int i = 0; i < 100; i++)
        buf_adds(&text, ")");
    expect_same(text.data);
    buf_deinit(&text);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("typescript", typescript_fuzz_one);
}

/* clang-format off */
TEST_SUITE(typescript) {
    TEST(javascript_stays_as_it_is)
    TEST(types_leave_room)
    TEST(lines_stay)
    TEST(annotations_go)
    TEST(ambiguous_texts_are_read_as_typescript_does)
    TEST(what_ended_a_line_still_ends_it)
    TEST(classes_lose_types_and_get_properties)
    TEST(imports_that_are_types_go)
    TEST(enums_become_objects)
    TEST(namespaces_become_objects)
    TEST(what_it_cannot_read_is_said_with_its_place)
    TEST(deep_nesting_ends)
    TEST(nested_tries_are_quick)
    TEST(the_corpus_is_clean)
    TEST_END
};
