/* cmd_inspect.c - `c6 inspect`: the options of a test as JSON, without running it.
 * Plainly: those that the script exports. With --execution-requirements: those in force (config
 * file and environment count), with the VUs and the time that they need. Source: k6 docs, "k6
 * inspect". Tests: test/cli/inspect*.sh */
#include "base/duration.h"
#include "base/json.h"
#include "cli/command_frame.h"
#include "cli/commands.h"
#include "cli/loaded.h"
#include "exec/plan.h"

struct inspect_command {
    struct command_frame frame; /* first */
    bool wants_requirements;
};

static int set_requirements(void *opaque, const struct arg_flag *flag, const char *value,
                            struct err *e)
{
    struct inspect_command *c = opaque;
    return run_args_switch(value, &c->wants_requirements, e);
}

static const struct arg_flag own_flags[] = {
    {"execution-requirements", 0, NULL, NULL, "add how many VUs and how much time the test needs",
     set_requirements, NULL},
};

static int add_requirements(struct json *all, const struct loaded_test *t, struct err *e)
{
    const struct options *o = &t->options;
    struct segment *segment = NULL;
    struct buf text;
    int rc = segment_parse(&segment, str_of(o->execution_segment.v),
                           str_of(o->execution_segment_sequence.v), e);
    if (rc < 0)
        return rc;
    struct plan *plan = plan_new(&t->scenarios, segment);
    buf_init(&text, BUF_NO_LIMIT);
    duration_put(&text, plan->max_duration_ns);
    json_set(all, "totalDuration", json_new_str((struct str){text.data, text.len}));
    json_set(all, "maxVUs", json_new_int(plan->max_vus));
    buf_deinit(&text);
    plan_free(plan);
    segment_free(segment);
    return 0;
}

static int print(const struct json *v, struct err *e)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    json_print(&text, v, 2);
    buf_addc(&text, '\n');
    int rc = command_frame_print((struct str){text.data, text.len}, e);
    buf_deinit(&text);
    return rc;
}

static int inspect_requirements(struct loaded_test *t, struct command_frame *f, struct err *e)
{
    int rc = loaded_test_configure(t, &f->args, f->logger, e);
    if (rc < 0)
        return rc;
    loaded_test_derive(t);
    struct json *all = options_to_json(&t->options, &t->scenarios);
    rc = add_requirements(all, t, e);
    if (rc == 0)
        rc = print(all, e);
    json_free(all);
    return rc;
}

static int inspect_script(struct loaded_test *t, struct command_frame *f, struct err *e)
{
    struct options o;
    int rc = loaded_test_script_options(&o, t, &f->args, f->logger, e);
    if (rc == 0) {
        struct json *all = options_to_json(&o, NULL);
        rc = print(all, e);
        json_free(all);
    }
    options_deinit(&o);
    return rc;
}

static int inspect(struct command_frame *f, struct err *e)
{
    struct inspect_command *c = (struct inspect_command *)f;
    struct loaded_test t;
    int rc = loaded_test_load(&t, &f->args, NULL, f->logger, e);
    if (rc == 0)
        rc = c->wants_requirements ? inspect_requirements(&t, f, e) : inspect_script(&t, f, e);
    loaded_test_deinit(&t);
    return rc;
}

static const struct command_spec spec = {
    .usage = "Show the options of a script or an archive as JSON.\n"
             "\n"
             "The init code runs, no VU does.\n"
             "\n"
             "Usage:\n"
             "  c6 inspect [flags] SCRIPT\n",
    .flags = {.groups = FLAGS_SCRIPT | FLAGS_PROGRAM,
              .own = own_flags,
              .own_count = sizeof own_flags / sizeof own_flags[0]},
    .body = inspect,
};

int cmd_inspect(int argc, char **argv)
{
    struct inspect_command c = {0};
    return command_frame_run(&c.frame, &spec, argc, argv);
}

void cmd_inspect_flags(struct flag_list *fills)
{
    run_args_flags(fills, &spec.flags);
}
