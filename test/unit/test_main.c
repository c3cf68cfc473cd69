/* test_main.c - the one unit-test runner: c6_test [suite | suite.test].
 * The list of suites is made by CMake from the names of the *_test.c files. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

#define SUITE(name) extern const struct test_case name##_suite[];
#include "test_suites.inc"
#undef SUITE

static const struct {
    const char *name;
    const struct test_case *cases;
} suites[] = {
#define SUITE(name) {#name, name##_suite},
#include "test_suites.inc"
#undef SUITE
    {NULL, NULL},
};

enum { SUITE_MAX = 256 };

/* Runs the tests of one suite whose name fits only_test (NULL: all). Adds to the two counts. */
static void run_one_suite(const char *name, const struct test_case *cases, const char *only_test,
                      int *passed, int *failed)
{
    struct CMUnitTest tests[SUITE_MAX];
    size_t count = 0;
    memset(tests, 0, sizeof tests);
    for (; cases->name != NULL; cases++) {
        if (only_test != NULL && strcmp(only_test, cases->name) != 0)
            continue;
        if (count == SUITE_MAX) {
            fprintf(stderr, "suite %s has more than %d tests\n", name, SUITE_MAX);
            exit(1);
        }
        tests[count].name = cases->name;
        tests[count].test_func = cases->fn;
        count++;
    }
    if (count == 0)
        return;
    int rc = _cmocka_run_group_tests(name, tests, count, NULL, NULL);
    int bad = rc < 0 ? (int)count : rc;
    *failed += bad;
    *passed += (int)count - bad;
}

int main(int argc, char **argv)
{
    const char *want = argc > 1 ? argv[1] : NULL;
    char suite[128] = "";
    const char *only_test = NULL;
    signal(SIGPIPE, SIG_IGN);
    if (want != NULL) {
        snprintf(suite, sizeof suite, "%s", want);
        char *dot = strchr(suite, '.');
        if (dot != NULL) {
            *dot = '\0';
            only_test = dot + 1;
        }
    }
    int passed = 0;
    int failed = 0;
    for (size_t i = 0; suites[i].name != NULL; i++)
        if (want == NULL || strcmp(suite, suites[i].name) == 0)
            run_one_suite(suites[i].name, suites[i].cases, only_test, &passed, &failed);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0 || passed == 0;
}
