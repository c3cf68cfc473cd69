/* cmd_completion.c - `c6 completion bash|zsh|fish`: prints a script that the shell reads.
 * Tests: test/cli/completion.sh */
#include "cli/command_frame.h"
#include "cli/commands.h"
#include "cli/completion.h"

static int complete(struct command_frame *f, struct err *e);

static const struct command_spec spec = {
    .usage = "Print a script that lets a shell complete c6's commands and flags.\n"
             "\n"
             "Usage:\n"
             "  c6 completion bash|zsh|fish\n"
             "\n"
             "For this session:   source <(c6 completion bash)\n"
             "                    source <(c6 completion zsh)\n"
             "                    c6 completion fish | source\n"
             "For all of them:    c6 completion bash >/etc/bash_completion.d/c6\n"
             "                    c6 completion zsh >\"${fpath[1]}/_c6\"\n"
             "                    c6 completion fish >~/.config/fish/completions/c6.fish\n",
    .flags = {.groups = FLAGS_PROGRAM, .needs_no_word = true},
    .body = complete,
};

static int complete(struct command_frame *f, struct err *e)
{
    struct buf text;
    int rc = 0;
    buf_init(&text, BUF_NO_LIMIT);
    if (f->args.script == NULL || !completion_put(&text, f->args.script, commands)) {
        rc = command_frame_print_help(&spec, e); /* as k6 does for a shell that it does not know */
    } else {
        rc = command_frame_print((struct str){text.data, text.len}, e);
    }
    buf_deinit(&text);
    return rc;
}

int cmd_completion(int argc, char **argv)
{
    struct command_frame f = {0};
    return command_frame_run(&f, &spec, argc, argv);
}
