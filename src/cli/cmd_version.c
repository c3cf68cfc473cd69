/* cmd_version.c - `c6 version`: in the shape of k6's, so that what reads it finds the same places.
 * Source: k6 docs, "k6 version". Tests: test/cli/version.sh */
#include "base/json.h"
#include "base/mem.h"
#include "cli/command_frame.h"
#include "cli/commands.h"

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

struct version_command {
    struct command_frame frame; /* first */
    bool wants_json;
};

static int set_json(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct version_command *c = opaque;
    return run_args_switch(value, &c->wants_json, e);
}

static const struct arg_flag own_flags[] = {
    {"json", 0, NULL, NULL, "as JSON", set_json, NULL},
};

/* Go's names of platforms, as k6 has them. */
static const char *architecture(void)
{
#if defined(__x86_64__)
    return "amd64";
#elif defined(__aarch64__)
    return "arm64";
#else
    return "unknown";
#endif
}

static char *version_json(void)
{
    struct json *v = json_new_object();
    struct buf text;
    json_set(v, "compiler", json_new_strs(COMPILER));
    json_set(v, "go_arch", json_new_strs(architecture()));
    json_set(v, "go_os", json_new_strs("linux"));
    json_set(v, "k6_version", json_new_strs("v" C6_K6_VERSION));
    json_set(v, "version", json_new_strs("v" C6_VERSION));
    buf_init(&text, BUF_NO_LIMIT);
    json_print(&text, v, 0);
    buf_addc(&text, '\n');
    json_free(v);
    return buf_take(&text);
}

static int show_version(struct command_frame *f, struct err *e)
{
    struct version_command *c = (struct version_command *)f;
    char *text = c->wants_json ? version_json()
                               : mem_printf("c6 v%s (k6/v%s, %s, linux/%s)\n", C6_VERSION,
                                            C6_K6_VERSION, COMPILER, architecture());
    int rc = command_frame_print(str_of(text), e);
    mem_free(text);
    return rc;
}

static const struct command_spec spec = {
    .usage =
        "Show the version, and that of k6 whose scripts run.\n\nUsage:\n  c6 version [flags]\n",
    .flags = {.groups = FLAGS_PROGRAM,
              .own = own_flags,
              .own_count = sizeof own_flags / sizeof own_flags[0],
              .needs_no_word = true},
    .body = show_version,
};

int cmd_version(int argc, char **argv)
{
    struct version_command c = {0};
    return command_frame_run(&c.frame, &spec, argc, argv);
}

void cmd_version_flags(struct flag_list *fills)
{
    run_args_flags(fills, &spec.flags);
}
