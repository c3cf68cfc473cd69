/* completion.c - see completion.h. One function a shell; what they have in common is the walk over
 * commands and flags. The scripts are static: no shell calls c6 to complete a word.
 * Tests: completion_test.c */
#include "cli/completion.h"

#include <string.h>

#include "cli/run_args.h"

const char *const completion_shells[] = {"bash", "zsh", "fish", NULL};

static void list_flags(const struct command *c, struct flag_list *fills)
{
    fills->count = 0;
    if (c->list_flags != NULL)
        c->list_flags(fills);
}

static bool is_shown(const struct arg_flag *f)
{
    return f->help != NULL;
}

/* Does the flag take the next word? */
static bool takes_word(const struct arg_flag *f)
{
    return f->arg != NULL && f->no_arg == NULL;
}

static void put_names(struct buf *out, const struct command *list)
{
    for (const struct command *c = list; c->name != NULL; c++)
        buf_addf(out, "%s%s", c == list ? "" : " ", c->name);
}

static void put_shells(struct buf *out)
{
    for (int i = 0; completion_shells[i] != NULL; i++)
        buf_addf(out, "%s%s", i == 0 ? "" : " ", completion_shells[i]);
}

/* Words that a command takes, where they are not files. */
static void put_words(struct buf *out, const struct command *c, const struct command *list)
{
    if (c->word == WORD_COMMAND)
        put_names(out, list);
    else if (c->word == WORD_SHELL)
        put_shells(out);
}

/* ---- bash */

static void put_bash_flags(struct buf *out, const struct flag_list *flags, bool only_with_word)
{
    const char *between = "";
    for (size_t i = 0; i < flags->count; i++) {
        const struct arg_flag *f = &flags->items[i];
        if (!is_shown(f) || (only_with_word && !takes_word(f)))
            continue;
        buf_addf(out, "%s--%s", between, f->name);
        between = only_with_word ? "|" : " ";
        if (f->short_name != 0)
            buf_addf(out, "%s-%c", between, f->short_name);
    }
}

static void put_bash_command(struct buf *out, const struct command *c, const struct command *list)
{
    struct flag_list flags;
    struct buf with_word;
    list_flags(c, &flags);
    buf_init(&with_word, BUF_NO_LIMIT);
    put_bash_flags(&with_word, &flags, true);
    buf_addf(out, "    %s)\n", c->name);
    if (with_word.len > 0) /* the shell then offers files, which is right for some and harmless */
        buf_addf(out, "        case $prev in %s) return ;; esac\n", with_word.data);
    buf_adds(out, "        flags='");
    put_bash_flags(out, &flags, false);
    buf_adds(out, flags.count > 0 ? " --help -h'\n        words='" : "--help -h'\n        words='");
    put_words(out, c, list);
    buf_adds(out, "' ;;\n");
    buf_deinit(&with_word);
}

static void put_bash(struct buf *out, const struct command *list)
{
    buf_adds(out, "# bash completion for c6: source <(c6 completion bash)\n"
                  "_c6()\n"
                  "{\n"
                  "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                  "    local flags= words= command= i\n"
                  "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                  "        case ${COMP_WORDS[i]} in\n"
                  "        -*) ;;\n"
                  "        *) command=${COMP_WORDS[i]}; break ;;\n"
                  "        esac\n"
                  "    done\n"
                  "    COMPREPLY=()\n"
                  "    case $command in\n"
                  "    '')\n"
                  "        flags='--help --version'\n"
                  "        words='");
    put_names(out, list);
    buf_adds(out, "' ;;\n");
    for (const struct command *c = list; c->name != NULL; c++)
        put_bash_command(out, c, list);
    buf_adds(out, "    esac\n"
                  "    case $cur in\n"
                  "    -*) COMPREPLY=($(compgen -W \"$flags\" -- \"$cur\")) ;;\n"
                  "    *) COMPREPLY=($(compgen -W \"$words\" -- \"$cur\")) ;;\n"
                  "    esac\n"
                  "}\n"
                  "complete -o bashdefault -o default -F _c6 c6\n");
}

/* ---- zsh */

/* Inside single quotes, where brackets and colons have a meaning of their own. */
static void put_zsh_text(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("[]:\\", *text) != NULL)
            buf_addc(out, '\\');
        if (*text == '\'')
            buf_adds(out, "'\\'");
        buf_addc(out, *text);
    }
}

static void put_zsh_flag(struct buf *out, const struct arg_flag *f)
{
    const char *sign = f->arg == NULL ? "" : takes_word(f) ? "=" : "=-";
    buf_adds(out, "            '*");
    if (f->short_name != 0)
        buf_addf(out, "'{-%c%s,--%s%s}'[", f->short_name, takes_word(f) ? "+" : "", f->name, sign);
    else
        buf_addf(out, "--%s%s[", f->name, sign);
    put_zsh_text(out, f->help);
    buf_addc(out, ']');
    if (f->arg != NULL) {
        buf_adds(out, takes_word(f) ? ":" : "::");
        put_zsh_text(out, f->arg);
        buf_adds(out, ":_files");
    }
    buf_adds(out, "' \\\n");
}

static void put_zsh_command(struct buf *out, const struct command *c, const struct command *list)
{
    struct flag_list flags;
    list_flags(c, &flags);
    buf_addf(out, "    %s)\n        _arguments -s \\\n", c->name);
    for (size_t i = 0; i < flags.count; i++)
        if (is_shown(&flags.items[i]))
            put_zsh_flag(out, &flags.items[i]);
    buf_adds(out, "            '(- *)'{-h,--help}'[show help]' \\\n            '");
    switch (c->word) {
    case WORD_NONE:
        buf_adds(out, ":");
        break;
    case WORD_FILE:
        buf_adds(out, "1:script:_files");
        break;
    case WORD_COMMAND:
    case WORD_SHELL:
        buf_adds(out, "1:word:(");
        put_words(out, c, list);
        buf_addc(out, ')');
        break;
    }
    buf_adds(out, "' ;;\n");
}

static void put_zsh(struct buf *out, const struct command *list)
{
    buf_adds(out, "#compdef c6\n"
                  "# zsh completion for c6: source <(c6 completion zsh)\n"
                  "_c6()\n"
                  "{\n"
                  "    local -a commands\n"
                  "    commands=(\n");
    for (const struct command *c = list; c->name != NULL; c++) {
        buf_addf(out, "        '%s:", c->name);
        put_zsh_text(out, c->help);
        buf_adds(out, "'\n");
    }
    buf_adds(out, "    )\n"
                  "    if ((CURRENT == 2)); then\n"
                  "        _describe command commands\n"
                  "        return\n"
                  "    fi\n"
                  "    local command=${words[2]}\n"
                  "    shift words\n"
                  "    ((CURRENT--))\n"
                  "    case $command in\n");
    for (const struct command *c = list; c->name != NULL; c++)
        put_zsh_command(out, c, list);
    buf_adds(out, "    esac\n"
                  "}\n"
                  "if [[ ${funcstack[1]} = _c6 ]]; then\n"
                  "    _c6 \"$@\"\n"
                  "else\n"
                  "    compdef _c6 c6\n"
                  "fi\n");
}

/* ---- fish */

static void put_fish_text(struct buf *out, const char *text)
{
    buf_addc(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\')
            buf_addc(out, '\\');
        buf_addc(out, *text);
    }
    buf_addc(out, '\'');
}

static void put_fish_command(struct buf *out, const struct command *c, const struct command *list)
{
    struct flag_list flags;
    list_flags(c, &flags);
    buf_addf(out, "complete -c c6 -f -n __fish_use_subcommand -a %s -d ", c->name);
    put_fish_text(out, c->help);
    buf_addc(out, '\n');
    for (size_t i = 0; i < flags.count; i++) {
        const struct arg_flag *f = &flags.items[i];
        if (!is_shown(f))
            continue;
        buf_addf(out, "complete -c c6 -n '__fish_seen_subcommand_from %s' -l %s", c->name, f->name);
        if (f->short_name != 0)
            buf_addf(out, " -s %c", f->short_name);
        buf_adds(out, takes_word(f) ? " -r -d " : " -d ");
        put_fish_text(out, f->help);
        buf_addc(out, '\n');
    }
    buf_addf(out,
             "complete -c c6 -n '__fish_seen_subcommand_from %s' -l help -s h -d 'show help'\n",
             c->name);
    if (c->word == WORD_FILE)
        return;
    buf_addf(out, "complete -c c6 -f -n '__fish_seen_subcommand_from %s'", c->name);
    if (c->word != WORD_NONE) {
        buf_adds(out, " -a '");
        put_words(out, c, list);
        buf_addc(out, '\'');
    }
    buf_addc(out, '\n');
}

static void put_fish(struct buf *out, const struct command *list)
{
    buf_adds(out, "# fish completion for c6: c6 completion fish | source\n"
                  "complete -c c6 -e\n");
    for (const struct command *c = list; c->name != NULL; c++)
        put_fish_command(out, c, list);
}

bool completion_put(struct buf *out, const char *shell, const struct command *list)
{
    static void (*const puts_of[])(struct buf *, const struct command *) = {put_bash, put_zsh,
                                                                            put_fish};
    for (int i = 0; completion_shells[i] != NULL; i++) {
        if (strcmp(shell, completion_shells[i]) == 0) {
            puts_of[i](out, list);
            return true;
        }
    }
    return false;
}
