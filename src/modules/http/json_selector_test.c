/* json_selector_test.c - the path language, by the examples of its documentation and by what must
 * not hang or crash. */
#include "modules/http/json_selector.h"

#include <string.h>

#include "fuzz_replay.h"
#include "modules/http/json_text.h"
#include "test.h"

#define LLVMFuzzerTestOneInput json_selector_fuzz_one
#include "../../../fuzz/json_selector_fuzz.c"

static const char doc[] =
    "{\"name\": {\"first\": \"Tom\", \"last\": \"Anderson\"}, \"age\": 37, \"children\": "
    "[\"Sara\", \"Alex\", \"Jack\"],"
    " \"fav.movie\": \"Deer Hunter\", \"t\": true, \"n\": null, \"friends\": ["
    "{\"first\": \"Dale\", \"last\": \"Murphy\", \"age\": 44, \"nets\": [\"ig\", \"fb\", \"tw\"]},"
    "{\"first\": \"Roger\", \"last\": \"Craig\", \"age\": 68, \"nets\": [\"fb\", \"tw\"]},"
    "{\"first\": \"Jane\", \"last\": \"Murphy\", \"age\": 47, \"nets\": [\"ig\", \"tw\"]}],"
    " \"vals\": [{\"a\": 1, \"b\": true}, {\"a\": 2, \"b\": \"false\"}, {\"a\": 3, \"b\": 0}, "
    "{\"a\": 4}, {\"a\": 5, \"b\": null}]}";

/* want NULL: nothing is found. */
static void check_in(const char *json, const char *path, const char *want)
{
    struct arena *a = arena_new(1024);
    struct str v;
    bool found = json_select(str_of(json), str_of(path), a, &v);
    char *got = found ? mem_strndup(v.p, v.len) : NULL;
    if (want ? !got || strcmp(got, want) != 0 : got != NULL)
        fail_msg("%s: got %s, wanted %s", path, got ? got : "nothing", want ? want : "nothing");
    mem_free(got);
    arena_free(a);
}

static void check(const char *path, const char *want)
{
    check_in(doc, path, want);
}

static void finds_members_and_elements(void **state)
{
    check("name.last", "\"Anderson\"");
    check("name.first", "\"Tom\"");
    check("age", "37");
    check("children.0", "\"Sara\"");
    check("children.1", "\"Alex\"");
    check("friends.1.last", "\"Craig\"");
    check("fav\\.movie", "\"Deer Hunter\"");
    check("n", "null");
    check("children.9", NULL);
    check("missing", NULL);
    check("age.deeper", NULL);
    check("", NULL);
    check_in("{\"\":1,\"a\\u0062\":2}", "", "1");
    check_in("{\"\":1,\"a\\u0062\":2}", "ab", "2");
    check_in("\"text\"", "a", NULL);
    check_in("[[1,2],[3]]", "0.1", "2");
}

static void wildcards_match_names(void **state)
{
    check("child*.2", "\"Jack\"");
    check("c?ildren.0", "\"Sara\"");
    check("n*.last", "\"Anderson\"");
    check_in("{\"ab\":{\"x\":1},\"ac\":{\"y\":2}}", "a*.y", "2");
    check_in("{\"a*\":1,\"ab\":2}", "a\\*", "1");
    check_in("{\"\xc3\xa9t\":1}", "?t", "1");
}

static void counts_and_takes_of_each(void **state)
{
    check("children.#", "3");
    check("friends.#.first", "[\"Dale\",\"Roger\",\"Jane\"]");
    check("friends.#.nets.0", "[\"ig\",\"fb\",\"ig\"]");
    check("friends.#.nets.#", "[3,2,2]");
    check("friends.#.first|0", "\"Dale\"");
    check("friends.#.missing", "[]");
    check("friends.0.nets.#", "3");
}

static void queries_filter(void **state)
{
    check("friends.#(last==\"Murphy\").first", "\"Dale\"");
    check("friends.#(last==\"Murphy\")#.first", "[\"Dale\",\"Jane\"]");
    check("friends.#(age>45)#.last", "[\"Craig\",\"Murphy\"]");
    check("friends.#(first%\"D*\").last", "\"Murphy\"");
    check("friends.#(first!%\"D*\").last", "\"Craig\"");
    check("friends.#(nets.#(==\"fb\"))#.first", "[\"Dale\",\"Roger\"]");
    check("friends.#(age<=44).first", "\"Dale\"");
    check("friends.#(age=47).first", "\"Jane\"");
    check("friends.#(age!=44)#.age", "[68,47]");
    check("friends.#(missing)#", "[]");
    check("friends.#(last==\"Nobody\")", NULL);
    check("friends.#[last=\"Craig\"].age", "68");
    check("children.#(==\"Alex\")", "\"Alex\"");
    check("children.#(!=\"Alex\")#", "[\"Sara\",\"Jack\"]");
    check("vals.#(b)#.a", "[1,2,3,5]");
}

static void tilde_compares_what_a_value_amounts_to(void **state)
{
    check("vals.#(b==~true)#.a", "[1]");
    check("vals.#(b==~false)#.a", "[2,3,4,5]");
    check("vals.#(b==~null)#.a", "[4,5]");
    check("vals.#(b==~*)#.a", "[1,2,3,5]");
    check("vals.#(b!=~*)#.a", "[4]");
}

static void dot_and_pipe_differ_after_a_list(void **state)
{
    check("friends.#(last=\"Murphy\")#.first", "[\"Dale\",\"Jane\"]");
    check("friends.#(last=\"Murphy\")#|first", NULL);
    check("friends.#(last=\"Murphy\")#.0", "[]");
    check("friends.#(last=\"Murphy\")#|0|first", "\"Dale\"");
    check("friends.#(last=\"Murphy\")#.#", "[]");
    check("friends.#(last=\"Murphy\")#|#", "2");
    check("name|first", "\"Tom\"");
}

static void modifiers_change_values(void **state)
{
    check("children.@reverse", "[\"Jack\",\"Alex\",\"Sara\"]");
    check("children|@reverse|0", "\"Jack\"");
    check("name.@keys", "[\"first\",\"last\"]");
    check("name.@values", "[\"Tom\",\"Anderson\"]");
    check("@this.age", "37");
    check("children.@ugly", "[\"Sara\",\"Alex\",\"Jack\"]");
    check("name.@reverse", "{\"last\":\"Anderson\",\"first\":\"Tom\"}");
    check("age.@tostr", "\"37\"");
    check("age.@tostr.@fromstr", "37");
    check_in("[1,[2,[3]],4]", "@flatten", "[1,2,[3],4]");
    check_in("[1,[2,[3]],4]", "@flatten:{\"deep\":true}", "[1,2,3,4]");
    check_in("[{\"a\":1,\"b\":2},{\"a\":3}]", "@join", "{\"a\":3,\"b\":2}");
    check_in("{\"a\":[1,2],\"b\":[3]}", "@group", "[{\"a\":1,\"b\":3},{\"a\":2}]");
    check_in("{\"a\":{\"id\":1,\"x\":[{\"id\":2}]}}", "@dig:id", "[1,2]");
    check_in("{\"@nope\":1}", "@nope", "1");
}

static void several_paths_make_objects_and_lists(void **state)
{
    check("{age,name.first,\"who\":name.last}",
          "{\"age\":37,\"first\":\"Tom\",\"who\":\"Anderson\"}");
    check("[age,name.first,missing]", "[37,\"Tom\"]");
    check("name.{first,mine:last}", "{\"first\":\"Tom\",\"mine\":\"Anderson\"}");
    check("{age,x:!\"lit\"}", "{\"age\":37,\"x\":\"lit\"}");
    check("friends.0.[first,age].1", "44");
    check("!true", "true");
    check("{age , name.first}", "{}"); /* "age " is another name */
    check("[age, age]", "[37]");
    check("name.!5", NULL); /* behind a dot, a name */
    check("name|!5", "5");
    check_in("{\"a\":{\"!x\":1}}", "a.!x", "1");
    check("friends.#(age>45", NULL);
    check("friends.#.", "[]");
}

static void lines_are_a_list(void **state)
{
    const char *lines = "{\"a\":1}\n{\"a\":2}\n\n[3]";
    check_in(lines, "..#", "3");
    check_in(lines, "..1.a", "2");
    check_in(lines, "..#.a", "[1,2]");
    check_in(lines, "..#(a=2).a", "2");
}

static void odd_paths_end(void **state)
{
    const char *odd[] = {"#(",
                         "#()",
                         "friends.#(",
                         "friends.#(age>",
                         "friends.#(((((",
                         "{",
                         "[",
                         "{a",
                         "[[[[[",
                         "\\",
                         "a\\",
                         "@",
                         "@:",
                         "@this:",
                         "..",
                         "..#(",
                         "!",
                         "!\"",
                         "|",
                         ".",
                         "||",
                         "{:}",
                         "{\"",
                         "#.",
                         "friends.#.",
                         "friends.##",
                         "friends.#(age=\"",
                         "*",
                         "name.*"};
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        struct arena *a = arena_new(256);
        struct str v;
        if (json_select(str_of(doc), str_of(odd[i]), a, &v))
            assert_true(v.len > 0);
        arena_free(a);
    }
    char deep[4096];
    memset(deep, '[', sizeof(deep) - 1);
    deep[sizeof(deep) - 1] = '\0';
    struct arena *a = arena_new(256);
    struct str v;
    json_select(str_of(doc), str_of(deep), a, &v);
    arena_free(a);
    struct buf doubling;
    buf_init(&doubling, BUF_NO_LIMIT);
    for (int i = 0; i < 60; i++)
        buf_adds(&doubling, "[@this,@this]|");
    check_in("\"0123456789\"", doubling.data, NULL);
    buf_deinit(&doubling);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("json_selector", json_selector_fuzz_one);
}

TEST_SUITE(json_selector){
    TEST(finds_members_and_elements)
    TEST(wildcards_match_names)
    TEST(counts_and_takes_of_each)
    TEST(queries_filter)
    TEST(tilde_compares_what_a_value_amounts_to)
    TEST(dot_and_pipe_differ_after_a_list)
    TEST(modifiers_change_values)
    TEST(several_paths_make_objects_and_lists)
    TEST(lines_are_a_list)
    TEST(odd_paths_end)
    TEST(the_corpus_is_clean)
    TEST_END
};
