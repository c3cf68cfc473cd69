/* typescript.c - TypeScript to JavaScript; see typescript.h, and ts/ts_int.h for how it is done.
 * Tests: typescript_test.c, fuzz/typescript_fuzz.c */
#include "js/typescript.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "js/ts/ts_int.h"

enum {
    PADDING = 8, /* NULs behind the text, so that the scanner may look ahead */
    LONGEST = 256 << 20,
};

static void init(struct ts *p, struct str source)
{
    *p = (struct ts){.len = (uint32_t)source.len};
    p->arena = arena_new(source.len + 4096);
    char *copy = arena_alloc(p->arena, source.len + PADDING);
    memcpy(copy, source.p, source.len);
    memset(copy + source.len, 0, PADDING);
    p->src = copy;
    p->symbols = map_new();
    p->no_arrow = arena_alloc(p->arena, source.len / 8 + 1);
    memset(p->no_arrow, 0, source.len / 8 + 1);
    /* Each try may read a part again; what needs more than this never ends. */
    p->steps_left = (uint64_t)source.len * 32 + 100000;
}

static void deinit(struct ts *p)
{
    for (size_t i = 0; i < p->spaces.len; i++) {
        VEC_DEINIT(&p->spaces.items[i]->members);
        VEC_DEINIT(&p->spaces.items[i]->texts);
        mem_free(p->spaces.items[i]);
    }
    VEC_DEINIT(&p->spaces);
    VEC_DEINIT(&p->edits);
    VEC_DEINIT(&p->refs);
    VEC_DEINIT(&p->decls);
    VEC_DEINIT(&p->scopes);
    VEC_DEINIT(&p->imports);
    VEC_DEINIT(&p->import_names);
    VEC_DEINIT(&p->export_names);
    VEC_DEINIT(&p->names);
    VEC_DEINIT(&p->marks);
    VEC_DEINIT(&p->flags);
    map_free(p->symbols, NULL);
    arena_free(p->arena);
}

static void module(struct ts *p)
{
    if (memcmp(p->src, "#!", 2) == 0)
        while (p->tok.end < p->len && p->src[p->tok.end] != '\n')
            p->tok.end++;
    ts_next(p);
    ts_open(p, true);
    while (p->tok.kind != TS_EOF)
        ts_statement(p);
    if (p->failed)
        return;
    ts_judge_imports(p);
    ts_close(p);
    /* What was a module stays one, also when all it imported were types. */
    if (p->saw_module_syntax && !p->kept_module_syntax)
        ts_insert(p, p->len, "\nexport {};\n");
}

static void explain(const struct ts *p, struct typescript_error *why)
{
    why->line = 1;
    why->column = 1;
    for (uint32_t i = 0; i < p->error_at && i < p->len; i++) {
        if (p->src[i] == '\n') {
            why->line++;
            why->column = 1;
        } else if (((unsigned char)p->src[i] & 0xC0) != 0x80) {
            why->column++;
        }
    }
    snprintf(why->text, sizeof why->text, "%s", p->error);
}

int typescript_transform(struct str source, char **out, size_t *out_len,
                         struct typescript_error *why)
{
    struct ts p;
    int rc = 0;
    *out = NULL;
    *out_len = 0;
    if (source.len > LONGEST) {
        *why = (struct typescript_error){1, 1, "the file is too long"};
        return ERR_INVALID;
    }
    init(&p, source);
    module(&p);
    if (p.failed) {
        explain(&p, why);
        rc = ERR_INVALID;
    } else {
        *out = ts_apply(&p, out_len);
    }
    deinit(&p);
    return rc;
}
