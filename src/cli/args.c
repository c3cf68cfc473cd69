/* args.c - reads a command line against a list of flags.
 * Knows no option and no command. Tests: args_test.c */
#include "cli/args.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"

struct parser {
    const struct arg_list *list;
    int argc;
    char **argv;
    int at;
    void *opaque;
    bool *wants_help;
    struct err *e;
};

static const struct arg_flag *find_long(const struct arg_list *list, struct str name)
{
    for (size_t i = 0; i < list->flag_count; i++)
        if (str_eqs(name, list->flags[i].name))
            return &list->flags[i];
    return NULL;
}

static const struct arg_flag *find_short(const struct arg_list *list, char c)
{
    for (size_t i = 0; i < list->flag_count; i++)
        if (list->flags[i].short_name == c)
            return &list->flags[i];
    return NULL;
}

static int fail_unknown(struct parser *p, struct str name)
{
    char *word = mem_strndup(name.p, name.len);
    const char **names = mem_calloc(p->list->flag_count + 1, sizeof *names);
    for (size_t i = 0; i < p->list->flag_count; i++)
        names[i] = p->list->flags[i].name;
    const char *near = str_nearest(word, names);
    int rc = err_set(p->e, ERR_INVALID, "unknown flag: --%s", word);
    if (near != NULL)
        err_set_hint(p->e, "did you mean --%s?", near);
    mem_free(names);
    mem_free(word);
    return rc;
}

static int call_set(struct parser *p, const struct arg_flag *flag, const char *value)
{
    int rc = flag->set(p->opaque, flag, value, p->e);
    if (rc >= 0)
        return 0;
    if (flag->short_name != 0)
        return err_prefix(p->e, rc, "invalid argument \"%s\" for \"-%c, --%s\" flag", value,
                          flag->short_name, flag->name);
    return err_prefix(p->e, rc, "invalid argument \"%s\" for \"--%s\" flag", value, flag->name);
}

/* The value of a flag written without '=': the next word, unless the flag does without. */
static int set_from_next(struct parser *p, const struct arg_flag *flag, const char *shown)
{
    if (flag->arg == NULL)
        return call_set(p, flag, "true");
    if (flag->no_arg != NULL)
        return call_set(p, flag, flag->no_arg);
    if (p->at >= p->argc)
        return err_set(p->e, ERR_INVALID, "flag needs an argument: %s", shown);
    return call_set(p, flag, p->argv[p->at++]);
}

static int parse_long(struct parser *p, const char *word)
{
    struct str name = str_of(word + 2);
    struct str value;
    struct str head;
    bool has_value = str_cut(name, '=', &head, &value);
    if (has_value)
        name = head;
    if (str_eqs(name, "help")) {
        *p->wants_help = true;
        return 0;
    }
    const struct arg_flag *flag = find_long(p->list, name);
    if (flag == NULL)
        return fail_unknown(p, name);
    return has_value ? call_set(p, flag, value.p) : set_from_next(p, flag, word);
}

/* "-qv", "-u5", "-u 5", "-u=5". */
static int parse_short(struct parser *p, const char *word)
{
    for (const char *c = word + 1; *c != '\0'; c++) {
        if (*c == 'h') {
            *p->wants_help = true;
            continue;
        }
        const struct arg_flag *flag = find_short(p->list, *c);
        if (flag == NULL)
            return err_set(p->e, ERR_INVALID, "unknown shorthand flag: '%c' in %s", *c, word);
        if (c[1] == '=')
            return call_set(p, flag, c + 2);
        if (flag->arg != NULL && flag->no_arg == NULL && c[1] != '\0')
            return call_set(p, flag, c + 1);
        char shown[] = {'\'', *c, '\'', '\0'};
        int rc = set_from_next(p, flag, shown);
        if (rc < 0 || flag->arg != NULL)
            return rc;
    }
    return 0;
}

int args_parse(const struct arg_list *list, int argc, char **argv, void *opaque, const char **words,
               int max_words, int *word_count, bool *wants_help, struct err *e)
{
    struct parser p = {list, argc, argv, 0, opaque, wants_help, e};
    bool only_words = false;
    int rc = 0;
    *word_count = 0;
    *wants_help = false;
    while (rc == 0 && p.at < argc) {
        const char *word = argv[p.at++];
        if (!only_words && strcmp(word, "--") == 0)
            only_words = true;
        else if (!only_words && word[0] == '-' && word[1] == '-')
            rc = parse_long(&p, word);
        else if (!only_words && word[0] == '-' && word[1] != '\0')
            rc = parse_short(&p, word);
        else if (*word_count < max_words)
            words[(*word_count)++] = word;
        else
            rc = err_set(e, ERR_INVALID, "accepts %d arg(s), received \"%s\" too", max_words, word);
    }
    if (rc < 0)
        err_set_exit(e, EXIT_GENERIC);
    return rc;
}

void args_put_help(struct buf *out, const struct arg_list *list)
{
    for (size_t i = 0; i < list->flag_count; i++) {
        const struct arg_flag *f = &list->flags[i];
        if (f->help == NULL)
            continue;
        size_t start = out->len;
        if (f->short_name != 0)
            buf_addf(out, "  -%c, --%s", f->short_name, f->name);
        else
            buf_addf(out, "      --%s", f->name);
        if (f->arg != NULL)
            buf_addf(out, f->no_arg != NULL ? "[=%s]" : " %s", f->arg);
        size_t used = out->len - start;
        buf_addf(out, "%*s%s\n", used < 42 ? (int)(42 - used) : 2, "", f->help);
    }
    buf_adds(out, "  -h, --help                              show this help\n");
}
