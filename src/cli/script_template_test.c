/* script_template_test.c - tests of script_template.h. */
#include "cli/script_template.h"

#include <string.h>

#include "test.h"

static void assert_renders(const char *text, const char *project_id, const char *wanted)
{
    struct script_template_values v = {"made.js", project_id};
    struct buf out;
    struct err e = {0};
    buf_init(&out, BUF_NO_LIMIT);
    if (script_template_put(&out, str_of(text), &v, &e) < 0)
        fail_msg("%s: %s", text, e.msg);
    assert_string_equal(out.data, wanted);
    buf_deinit(&out);
}

static void assert_refused(const char *text, const char *wanted)
{
    struct script_template_values v = {"made.js", ""};
    struct buf out;
    struct err e = {0};
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(script_template_put(&out, str_of(text), &v, &e), ERR_INVALID);
    if (strstr(e.msg, wanted) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", e.msg, wanted);
    err_deinit(&e);
    buf_deinit(&out);
}

static void values_are_put_in(void **state)
{
    assert_renders("", "", "");
    assert_renders("a {{ .ScriptName }} b {{.ProjectID}}", "7", "a made.js b 7");
    assert_renders("{ {x} } }}", "", "{ {x} } }}");
    assert_renders("a{{/* nothing */}}b", "", "ab");
}

static void blocks_depend_on_the_project(void **state)
{
    const char *text = "a{{ if .ProjectID }}b{{ .ProjectID }}{{ else }}c{{ end }}d";
    assert_renders(text, "7", "ab7d");
    assert_renders(text, "", "acd");
    assert_renders("{{ if .ProjectID }}{{ if .ScriptName }}x{{ end }}y{{ end }}z", "", "z");
}

static void a_dash_trims_the_blanks_beside_it(void **state)
{
    assert_renders("a \n {{- .ScriptName -}} \n b", "", "amade.jsb");
    assert_renders("a {{ .ScriptName }} b", "", "a made.js b");
}

static void what_is_not_understood_is_refused_with_its_line(void **state)
{
    assert_refused("a\nb {{ range .X }}", "line 2: {{ range .X }}");
    assert_refused("{{ .Other }}", "not known");
    assert_refused("{{ if .Other }}{{ end }}", "known values");
    assert_refused("{{ if .ProjectID }}", "without {{ end }}");
    assert_refused("{{ end }}", "no open");
    assert_refused("{{ if .ProjectID }}{{ else }}{{ else }}{{ end }}", "no open");
    assert_refused("\n\n{{ .ScriptName", "line 3: {{ without }}");
    assert_refused("{{}}", "not known");
}

static void the_built_in_ones_render(void **state)
{
    static const char *const names[] = {"minimal", "protocol", "browser"};
    for (size_t i = 0; i < 3; i++) {
        struct script_template_values v = {"made.js", "123"};
        struct buf out;
        struct err e = {0};
        buf_init(&out, BUF_NO_LIMIT);
        assert_int_equal(
            script_template_put(&out, str_of(script_template_builtin(names[i])), &v, &e), 0);
        assert_non_null(strstr(out.data, "projectID: 123"));
        assert_non_null(strstr(out.data, "name: 'made.js'"));
        assert_null(strstr(out.data, "{{"));
        buf_deinit(&out);
    }
    assert_null(script_template_builtin("none"));
}

TEST_SUITE(script_template){
    TEST(values_are_put_in)
    TEST(blocks_depend_on_the_project)
    TEST(a_dash_trims_the_blanks_beside_it)
    TEST(what_is_not_understood_is_refused_with_its_line)
    TEST(the_built_in_ones_render)
    TEST_END
};
