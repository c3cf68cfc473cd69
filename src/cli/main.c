/* main.c - the program's entry: finds the command. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/log_args.h"
#include "cli/run_args.h"
#include "cli/target.h"

const struct command commands[] = {
    {"run", cmd_run, "run a load test", WORD_FILE, cmd_run_flags},
    {"archive", cmd_archive, "put a test with all that it reads into one file", WORD_FILE,
     cmd_archive_flags},
    {"inspect", cmd_inspect, "show the options of a script or an archive", WORD_FILE,
     cmd_inspect_flags},
    {"new", cmd_new, "write a first script", WORD_FILE, cmd_new_flags},
    {"target", target_main, "serve a small HTTP target to test against", WORD_NONE,
     target_list_flags},
    {"deps", cmd_deps, "list what a test imports and needs", WORD_FILE, cmd_deps_flags},
    {"features", cmd_features, "list the features that --features enables", WORD_NONE,
     cmd_features_flags},
    {"version", cmd_version, "show the version", WORD_NONE, cmd_version_flags},
    {"completion", cmd_completion, "print a completion script for bash, zsh or fish", WORD_SHELL,
     NULL},
    {"help", cmd_help, "show this help, or that of a command", WORD_COMMAND, NULL},
    {NULL, NULL, NULL, WORD_NONE, NULL},
};

static const struct command *find_command(const char *name)
{
    for (const struct command *c = commands; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

int cmd_help(int argc, char **argv)
{
    const struct command *c = argc > 0 ? find_command(argv[0]) : NULL;
    char help[] = "--help";
    char *arg[] = {help};
    if (c != NULL && c->main != cmd_help)
        return c->main(1, arg);
    printf("c6 runs k6 load-test scripts.\n\nUsage:\n  c6 <command> [flags]\n\nCommands:\n");
    for (c = commands; c->name != NULL; c++)
        printf("  %-10s %s\n", c->name, c->help);
    printf("\n\"c6 <command> --help\" tells more about a command.\nFirst steps:  c6 target &  then "
           " c6 run examples/quickstart.js\n");
    return EXIT_OK;
}

/* k6 has these; what c6 says of them. */
static const char *hint_for(const char *name)
{
    static const struct {
        const char *name, *hint;
    } known[] = {
        {"cloud", "c6 has no cloud service; it runs tests on this machine"},
        {"login", "c6 has no cloud service; it runs tests on this machine"},
        {"x", "extensions are not there yet"},
        {"stats", "the REST API is not there yet"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].hint;
    return NULL;
}

/* The message in the log format that the command line asks for, though no command parsed it. */
static int fail_unknown_command(const char *name, int argc, char **argv)
{
    struct log_config config = {.format = LOG_FORMAT_TEXT, .level = LOG_INFO, .fd = STDERR_FILENO};
    const char *names[32];
    int count = 0;
    struct err e = {0};
    for (const struct command *c = commands; c->name != NULL && count < 31; c++)
        names[count++] = c->name;
    names[count] = NULL;
    for (int i = 0; i < argc; i++)
        if (strncmp(argv[i], "--log-format=", 13) == 0)
            config.format = log_format_parse(argv[i] + 13);
    config.is_terminal = isatty(STDERR_FILENO);
    struct logger *lg = log_new(&config);
    err_set(&e, ERR_NOT_FOUND, "unknown command \"%s\" for \"c6\"", name);
    const char *near = str_nearest(name, names);
    const char *hint = hint_for(name);
    if (hint != NULL)
        err_set_hint(&e, "%s", hint);
    else if (near != NULL)
        err_set_hint(&e, "did you mean \"c6 %s\"?", near);
    log_err(lg, &e);
    err_deinit(&e);
    log_free(lg);
    return EXIT_GENERIC;
}

/* A closed standard stream would be the next file's number: what is meant for the user would land
 * in it. */
static void fill_standard_streams(void)
{
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_RDONLY : O_WRONLY) < 0)
            return;
}

static bool asks_for_version(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--version") == 0)
            return true;
    return false;
}

/* No command at all: flags may ask for help. */
static int without_command(int argc, char **argv)
{
    struct run_args a;
    struct err e = {0};
    static const struct flag_choice choice = {.groups = FLAGS_PROGRAM, .needs_no_word = true};
    int exit_code = EXIT_GENERIC;
    if (run_args_parse(&a, &choice, argc, argv, &e) == 0) {
        exit_code = cmd_help(0, NULL);
    } else {
        struct logger *lg = log_args_fallback(&a);
        log_err(lg, &e);
        log_free(lg);
    }
    err_deinit(&e);
    run_args_deinit(&a);
    return exit_code;
}

int main(int argc, char **argv)
{
    fill_standard_streams();
    argc = argc > 0 ? argc - 1 : 0;
    argv++;
    int at = run_args_find_word(argc, argv);
    if (asks_for_version(at, argv))
        return cmd_version(0, NULL);
    if (at == argc)
        return without_command(argc, argv);
    const char *name = argv[at];
    const struct command *c = find_command(name);
    if (c == NULL)
        return fail_unknown_command(name, argc, argv);
    /* Flags before the command are the command's, too. */
    for (int i = at; i + 1 < argc; i++)
        argv[i] = argv[i + 1];
    return c->main(argc - 1, argv);
}
