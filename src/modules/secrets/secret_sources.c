/* secret_sources.c - see secret_sources.h. File and mock are tables read at the start, url fills its
 * table as secrets are asked for.
 * Source: k6 docs, "k6/secrets", "Secret source". Tests: secret_sources_test.c */
#include "modules/secrets/secret_sources.h"

#include <pthread.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "js/source_file.h"
#include "modules/secrets/secret_url.h"

struct source {
    char *name;
    struct map *values; /* text -> struct str, one allocation each */
    struct secret_url *url; /* NULL: values has them all */
};

struct secret_sources {
    struct redactor *redactor;
    pthread_mutex_t lock; /* of the values of sources that have a url */
    VEC(struct source) items;
    size_t first_default; /* place + 1; 0: none */
};

static void put_value(struct source *s, struct str key, struct str value)
{
    struct str *copy = mem_alloc(sizeof *copy + value.len + 1);
    char *text = (char *)(copy + 1);
    if (value.len > 0)
        memcpy(text, value.p, value.len);
    text[value.len] = '\0';
    *copy = (struct str){text, value.len};
    mem_free(map_put(s->values, key, copy));
}

static int parse_pair(struct source *s, struct str pair, struct err *e)
{
    struct str key, value;
    if (!str_cut(pair, '=', &key, &value)) {
        char *quoted = buf_quote(pair);
        err_set(e, ERR_INVALID, "parsing %s, needs =", quoted);
        mem_free(quoted);
        return ERR_INVALID;
    }
    put_value(s, key, value);
    return 0;
}

/* Calls each for the parts of text between separators. */
static int each_part(struct str text, char separator, struct source *s,
                     int (*each)(struct source *s, struct str part, struct err *e), struct err *e)
{
    struct str part, rest;
    int rc = 0;
    while (rc == 0 && str_cut(text, separator, &part, &rest)) {
        rc = each(s, part, e);
        text = rest;
    }
    return rc < 0 ? rc : each(s, text, e);
}

/* ---- kinds of sources ---- */

static int open_mock(struct source *s, struct str config, char *const *env, struct err *e)
{
    return each_part(config, ',', s, parse_pair, e);
}

static int parse_line(struct source *s, struct str line, struct err *e)
{
    if (line.len > 0 && line.p[line.len - 1] == '\r')
        line.len--;
    return parse_pair(s, line, e);
}

/* The config is the file's name, as it is or as filename=; the last of several counts. */
static int file_name(struct str config, struct str *name, struct err *e)
{
    struct str part = config, rest = {NULL, 0};
    *name = STR("");
    for (bool has_more = true; has_more; config = rest) {
        struct str key, value;
        has_more = str_cut(config, ',', &part, &rest);
        if (!has_more)
            part = config;
        if (!str_cut(part, '=', &key, &value)) {
            *name = part;
        } else if (str_eqs(key, "filename")) {
            *name = value;
        } else {
            char *quoted = buf_quote(key);
            err_set(e, ERR_INVALID, "unknown configuration key for file secret source %s", quoted);
            mem_free(quoted);
            return ERR_INVALID;
        }
    }
    return 0;
}

static int open_url(struct source *s, struct str config, char *const *env, struct err *e)
{
    return secret_url_new(&s->url, config, env, e);
}

static int open_file(struct source *s, struct str config, char *const *env, struct err *e)
{
    struct str name;
    char *data = NULL;
    size_t len = 0;
    int rc = file_name(config, &name, e);
    if (rc < 0)
        return rc;
    char *path = mem_strndup(name.p, name.len);
    rc = source_file_read(path, &data, &len, e);
    if (rc == ERR_NOT_FOUND) /* there it says "stat", as k6 does of scripts */
        err_set(e, rc, "open %s: no such file or directory", path);
    mem_free(path);
    if (rc < 0)
        return rc;
    if (len > 0 && data[len - 1] == '\n') /* ends the last line, begins none */
        len--;
    if (len > 0)
        rc = each_part((struct str){data, len}, '\n', s, parse_line, e);
    mem_free(data);
    return rc;
}

static const struct kind {
    const char *name;
    int (*open)(struct source *s, struct str config, char *const *env, struct err *e);
} kinds[] = {
    {"file", open_file},
    {"mock", open_mock},
    {"url", open_url},
};

static const struct kind *find_kind(struct str name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eqs(name, kinds[i].name))
            return &kinds[i];
    return NULL;
}

/* ---- sources ---- */

static struct source *find_source(struct secret_sources *s, struct str name)
{
    if (str_eqs(name, "default"))
        return s->first_default > 0 ? &s->items.items[s->first_default - 1] : NULL;
    for (size_t i = 0; i < s->items.len; i++)
        if (str_eqs(name, s->items.items[i].name))
            return &s->items.items[i];
    return NULL;
}

/* What every kind knows, `default` and `name=`, comes out of the config; the rest stays. */
struct common {
    struct str name;
    bool is_default;
    struct buf rest;
};

static void read_common(struct common *c, struct str config)
{
    struct str part, rest = {NULL, 0}, key, value;
    bool has_rest = false;
    for (bool has_more = true; has_more; config = rest) {
        has_more = str_cut(config, ',', &part, &rest);
        if (!has_more)
            part = config;
        if (str_eqs(part, "default")) {
            c->is_default = true;
        } else if (str_cut(part, '=', &key, &value) && str_eqs(key, "name")) {
            c->name = value;
        } else {
            if (has_rest)
                buf_addc(&c->rest, ',');
            has_rest = true;
            buf_add_str(&c->rest, part);
        }
    }
}

static void source_deinit(struct source *s)
{
    mem_free(s->name);
    map_free(s->values, mem_free);
    secret_url_free(s->url);
}

static int add_source(struct secret_sources *s, const char *line, char *const *env, struct err *e)
{
    struct str kind_name, config;
    struct common c = {.name = {NULL, 0}};
    struct source made = {.name = NULL};
    if (str_trim(str_of(line)).len == 0)
        return err_set(e, ERR_INVALID, "couldn't parse secret source configuration \"%s\"", line);
    if (!str_cut(str_of(line), '=', &kind_name, &config)) {
        kind_name = str_of(line);
        config = STR("");
    }
    const struct kind *kind = find_kind(kind_name);
    if (str_eqs(kind_name, "cloud")) { /* k6's service, which it adds by itself */
        err_set_exit(e, EXIT_INVALID_CONFIG);
        return err_set(e, ERR_INVALID, "'cloud' is not a valid value for --secret-source");
    }
    if (kind == NULL)
        return err_set(e, ERR_INVALID,
                       "no secret source for type \"%.*s\" for configuration \"%s\"",
                       (int)kind_name.len, kind_name.p, line);
    buf_init(&c.rest, BUF_NO_LIMIT);
    read_common(&c, config);
    if (c.name.len == 0)
        c.name = kind_name;
    made.name = mem_strndup(c.name.p, c.name.len);
    made.values = map_new();
    int rc = kind->open(&made, (struct str){c.rest.data, c.rest.len}, env, e);
    if (rc == 0 && find_source(s, c.name) != NULL)
        rc = err_set(e, ERR_INVALID,
                     "secret source for name \"%s\" already registered before configuration \"%s\"",
                     kind->name, line);
    if (rc == 0 && c.is_default && s->first_default > 0)
        rc = err_set(e, ERR_INVALID,
                     "can't have two secret sources that are default ones, second one was \"%s\"",
                     c.rest.data);
    buf_deinit(&c.rest);
    if (rc < 0) {
        source_deinit(&made);
        return rc;
    }
    VEC_PUSH(&s->items, made);
    if (c.is_default)
        s->first_default = s->items.len;
    return 0;
}

int secret_sources_new(struct secret_sources **out, char *const *lines, size_t count,
                       char *const *env, struct redactor *redactor, struct err *e)
{
    struct secret_sources *s = MEM_NEW(struct secret_sources);
    int rc = 0;
    s->redactor = redactor;
    pthread_mutex_init(&s->lock, NULL);
    for (size_t i = 0; i < count && rc == 0; i++)
        rc = add_source(s, lines[i], env, e);
    if (rc < 0) {
        secret_sources_free(s);
        s = NULL;
    } else if (s->items.len == 1) {
        s->first_default = 1;
    }
    *out = s;
    return rc;
}

void secret_sources_free(struct secret_sources *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->items.len; i++)
        source_deinit(&s->items.items[i]);
    VEC_DEINIT(&s->items);
    pthread_mutex_destroy(&s->lock);
    mem_free(s);
}

/* Values, once there, are neither moved nor replaced. */
static const struct str *find_value(struct secret_sources *s, const struct source *from,
                                    struct str key)
{
    if (from->url == NULL)
        return map_get(from->values, key);
    pthread_mutex_lock(&s->lock);
    const struct str *found = map_get(from->values, key);
    pthread_mutex_unlock(&s->lock);
    return found;
}

int secret_sources_get(struct secret_sources *s, struct str source, struct str key,
                       struct str *value, struct err *e)
{
    if (s == NULL || s->items.len == 0)
        return err_set(e, ERR_NOT_FOUND, "no secret sources are configured");
    const struct source *from = find_source(s, source);
    if (from == NULL)
        return err_set(e, ERR_NOT_FOUND, "no secret source with name \"%.*s\" is configured",
                       (int)source.len, source.p != NULL ? source.p : "");
    const struct str *found = find_value(s, from, key);
    if (found == NULL && from->url != NULL)
        return SECRET_IS_REMOTE;
    if (found == NULL)
        return err_set(e, ERR_NOT_FOUND, "no value");
    redactor_add(s->redactor, *found); /* before anybody can log it */
    *value = *found;
    return 0;
}

int secret_sources_fetch(struct secret_sources *s, struct worker *w, struct str source,
                         struct str key, struct str *value, struct err *e)
{
    struct source *from = find_source(s, source);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    int rc = secret_url_fetch(from->url, w, key, &text, e);
    if (rc == 0) {
        /* Another VU may have fetched it meanwhile; its value may be on loan. */
        pthread_mutex_lock(&s->lock);
        if (map_get(from->values, key) == NULL)
            put_value(from, key, (struct str){text.data, text.len});
        *value = *(const struct str *)map_get(from->values, key);
        pthread_mutex_unlock(&s->lock);
        redactor_add(s->redactor, *value);
    }
    buf_deinit(&text);
    return rc;
}
