/* cmd_features.c - `c6 features`: which features --features can switch on. Source: k6 docs, "Feature
 * flags". Tests: test/cli/features.sh */
#include <string.h>

#include "base/json.h"
#include "cli/command_frame.h"
#include "cli/commands.h"
#include "options/features.h"

struct features_command {
    struct command_frame frame; /* first */
    bool wants_json;
};

static int set_json(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct features_command *c = opaque;
    return run_args_switch(value, &c->wants_json, e);
}

static const struct arg_flag own_flags[] = {
    {"json", 0, NULL, NULL, "print JSON", set_json, NULL},
};

static void put_json(struct buf *out)
{
    struct json *all = json_new_array();
    for (int i = 0; i < FEATURE_COUNT; i++) {
        const struct feature_info *f = &feature_infos[i];
        struct json *one = json_new_object();
        json_set(one, "feature", json_new_strs(f->name));
        json_set(one, "lifecycle", json_new_strs(f->lifecycle));
        json_set(one, "description", json_new_strs(f->help));
        json_push(all, one);
    }
    json_print(out, all, 2);
    buf_addc(out, '\n');
    json_free(all);
}

static void put_table(struct buf *out)
{
    buf_addf(out, "%-20s%-15s%s\n", "FEATURE", "LIFECYCLE", "DESCRIPTION");
    for (int i = 0; i < FEATURE_COUNT; i++) {
        const struct feature_info *f = &feature_infos[i];
        buf_addf(out, "%-20s%-15s%s\n", f->name, f->lifecycle, f->help);
    }
}

static int list_features(struct command_frame *f, struct err *e)
{
    struct features_command *c = (struct features_command *)f;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    if (c->wants_json)
        put_json(&text);
    else
        put_table(&text);
    int rc = command_frame_print((struct str){text.data, text.len}, e);
    buf_deinit(&text);
    return rc;
}

static const struct command_spec spec = {
    .usage = "List the features that --features, K6_FEATURES or the config file can enable.\n"
             "\n"
             "Usage:\n"
             "  c6 features [flags]\n",
    .flags = {.groups = FLAGS_PROGRAM,
              .own = own_flags,
              .own_count = sizeof own_flags / sizeof own_flags[0],
              .takes_no_word = true},
    .body = list_features,
};

int cmd_features(int argc, char **argv)
{
    struct features_command c = {0};
    return command_frame_run(&c.frame, &spec, argc, argv);
}

void cmd_features_flags(struct flag_list *fills)
{
    run_args_flags(fills, &spec.flags);
}
