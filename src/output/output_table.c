/* output_table.c - the one table of outputs, and opening one by what the user wrote behind --out.
 * Used by cli. Tests: fanout_test.c */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "output/output.h"

/* In the order they are listed in messages: alphabetical. */
static const struct output_type *const types[] = {
    &out_csv_type,
    &out_json_type,
};

enum { TYPE_COUNT = sizeof types / sizeof types[0] };

static int unknown_type(struct str name, struct err *e)
{
    const char *names[TYPE_COUNT + 1] = {NULL};
    struct buf list;
    buf_init(&list, BUF_NO_LIMIT);
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        names[i] = types[i]->name;
        buf_addf(&list, "%s%s", i == 0 ? "" : ", ", types[i]->name);
    }
    char *given = mem_strndup(name.p, name.len);
    const char *near = str_nearest(given, names);
    int rc = err_set(e, ERR_INVALID, "invalid output type '%s', available types are: %s", given,
                     list.data);
    if (near != NULL)
        err_set_hint(e, "did you mean %s?", near);
    err_set_exit(e, EXIT_GENERIC);
    mem_free(given);
    buf_deinit(&list);
    return rc;
}

int output_open(struct output **out, const char *spec, const struct output_params *p, struct err *e)
{
    const char *equals = strchr(spec, '=');
    struct str name = {spec, equals == NULL ? strlen(spec) : (size_t)(equals - spec)};
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (!str_eqs(name, types[i]->name))
            continue;
        struct output_params own = *p;
        own.argument = equals == NULL ? NULL : equals + 1;
        int rc = types[i]->open(out, &own, e);
        if (rc < 0) {
            err_prefix(e, rc, "could not create the '%s' output", types[i]->name);
            err_set_exit(e, EXIT_GENERIC);
        }
        return rc;
    }
    return unknown_type(name, e);
}

int output_start(struct output *o, struct err *e)
{
    int rc = o->type->start(o, e);
    if (rc < 0)
        err_set_exit(e, EXIT_GENERIC);
    return rc;
}

void output_close(struct output *o)
{
    if (o != NULL)
        o->type->close(o);
}

const char *output_get_env(const struct output_params *p, const char *name)
{
    const char *value = p->get_env == NULL ? NULL : p->get_env(p->env_opaque, name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}
