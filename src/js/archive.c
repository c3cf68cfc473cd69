/* archive.c - what is in an archive and under which names; see archive.h. tar.c does the format.
 * k6's readers and writers decide the details: the script is the entry "data" and a hard link to it
 * among the files; folders have entries of their own; home folders are made anonymous. */
#include "js/archive.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/version.h"
#include "js/tar.h"

struct archive *archive_new(void)
{
    struct archive *a = MEM_NEW(struct archive);
    a->files = map_new();
    return a;
}

static void free_file(void *value)
{
    struct archive_file *f = value;
    mem_free(f->data);
    mem_free(f);
}

void archive_free(struct archive *a)
{
    if (a == NULL)
        return;
    for (size_t i = 0; i < a->env.len; i++) {
        mem_free(a->env.items[i].key);
        mem_free(a->env.items[i].value);
    }
    VEC_DEINIT(&a->env);
    map_free(a->files, free_file);
    mem_free(a->main_url);
    mem_free(a->base_url);
    mem_free(a->options_json);
    mem_free(a->compatibility_mode);
    mem_free(a);
}

bool archive_begins(struct str bytes)
{
    return tar_begins(bytes);
}

/* ---- names */

/* Length of "/home/" or "/c/Users/" that path begins with; 0: it is not in a home folder. */
static size_t home_len(struct str path)
{
    static const char *const homes[] = {"/Users/", "/home/", "/Documents and Settings/"};
    size_t drive = path.len > 2 && ascii_is_alpha(path.p[1]) && path.p[2] == '/' ? 2 : 0;
    for (size_t skip = 0; skip <= drive; skip += 2) {
        struct str rest = {path.p + skip, path.len - skip};
        for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++) {
            size_t len = strlen(homes[i]);
            if (rest.len > len && str_ieqs((struct str){rest.p, len}, homes[i]))
                return skip + len;
        }
    }
    return 0;
}

/* An absolute path without empty and dot segments, and without the user's name. */
static void put_path(struct buf *out, struct str path)
{
    struct buf clean;
    struct str rest = path;
    bool more = true;
    buf_init(&clean, BUF_NO_LIMIT);
    while (more) {
        struct str all = rest;
        struct str part;
        more = str_cut(all, '/', &part, &rest);
        if (!more)
            part = all;
        if (part.len == 0 || str_eqs(part, "."))
            continue;
        if (str_eqs(part, "..")) {
            while (clean.len > 0 && clean.data[clean.len - 1] != '/')
                buf_truncate(&clean, clean.len - 1);
            if (clean.len > 0)
                buf_truncate(&clean, clean.len - 1);
            continue;
        }
        buf_addc(&clean, '/');
        buf_add_str(&clean, part);
    }
    struct str s = {clean.data, clean.len};
    size_t home = home_len(s);
    if (home > 0) {
        struct str user = {s.p + home, s.len - home};
        ptrdiff_t end = str_find(user, '/');
        buf_add(out, s.p, home);
        buf_adds(out, "nobody");
        if (end >= 0)
            buf_add(out, user.p + end, user.len - (size_t)end);
    } else {
        buf_add_str(out, s);
    }
    buf_deinit(&clean);
}

static void put_unescaped(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        int high = i + 2 < s.len && s.p[i] == '%' ? hex_value(s.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(s.p[i + 2]) : -1;
        if (low < 0) {
            buf_addc(out, s.p[i]);
        } else {
            buf_addc(out, (char)(high << 4 | low));
            i += 2;
        }
    }
}

/* "file:///a%20b/c.js" -> "file/a b/c.js"; "https://host/x.js" -> "https/host/x.js". False when it
 * is neither. */
static bool put_name(struct buf *out, const char *url)
{
    struct str s = str_of(url);
    const char *scheme = str_starts(s, "file://")    ? "file"
                         : str_starts(s, "https://") ? "https"
                                                     : NULL;
    if (scheme == NULL)
        return false;
    struct buf path;
    buf_init(&path, BUF_NO_LIMIT);
    size_t skip = strlen(scheme) + strlen(":/");
    put_unescaped(&path, (struct str){s.p + skip, s.len - skip});
    buf_adds(out, scheme);
    if (scheme[0] == 'f')
        put_path(out, (struct str){path.data, path.len});
    else
        buf_add(out, path.data, path.len);
    buf_deinit(&path);
    return true;
}

/* The URL itself with an anonymous home folder; the path stays escaped. A folder's has no slash at
 * its end, in k6's metadata. Caller frees. */
static char *anonymous_url(const char *url)
{
    struct buf out;
    struct str s = str_of(url);
    if (!str_starts(s, "file://"))
        return mem_strdup(url);
    buf_init(&out, BUF_NO_LIMIT);
    buf_adds(&out, "file://");
    size_t start = out.len;
    put_path(&out, (struct str){s.p + start, s.len - start});
    if (out.len == start)
        buf_addc(&out, '/');
    return buf_take(&out);
}

/* ---- files */

static void add_named(struct archive *a, struct str name, struct str data)
{
    struct archive_file *f = MEM_NEW(struct archive_file);
    f->data = mem_strndup(data.p, data.len);
    f->len = data.len;
    void *old = map_put(a->files, name, f);
    if (old != NULL)
        free_file(old);
}

void archive_add(struct archive *a, const char *url, struct str data)
{
    struct buf name;
    buf_init(&name, BUF_NO_LIMIT);
    if (put_name(&name, url))
        add_named(a, (struct str){name.data, name.len}, data);
    buf_deinit(&name);
}

void archive_add_all(struct archive *a, const struct archive *from)
{
    struct map_entry entry;
    size_t at = 0;
    while (map_next(from->files, &at, &entry)) {
        const struct archive_file *f = entry.value;
        add_named(a, entry.key, (struct str){f->data, f->len});
    }
}

const struct archive_file *archive_get(const struct archive *a, const char *url)
{
    struct buf name;
    const struct archive_file *f = NULL;
    buf_init(&name, BUF_NO_LIMIT);
    if (put_name(&name, url))
        f = map_get(a->files, (struct str){name.data, name.len});
    buf_deinit(&name);
    return f;
}

/* ---- reading */

/* Puts an entry's name into today's form; leaves out empty for what is no file of ours. Before
 * 0.25, k6 had "files/_/path" and "scripts/_/path" for local files, and "files/host/path" for
 * others. */
static int put_entry_name(struct buf *out, struct str name, struct err *e)
{
    struct str folder;
    struct str rest;
    while (str_starts(name, "./") || str_starts(name, "/")) {
        size_t skip = name.p[0] == '/' ? 1 : 2;
        name = (struct str){name.p + skip, name.len - skip};
    }
    if (!str_cut(name, '/', &folder, &rest))
        return 0;
    bool is_old = str_eqs(folder, "files") || str_eqs(folder, "scripts");
    bool is_local = is_old ? str_starts(rest, "_") : str_eqs(folder, "file");
    if (is_old && is_local)
        rest = (struct str){rest.p + 1, rest.len - 1};
    if (!is_old && !is_local && !str_eqs(folder, "https"))
        return err_set(e, ERR_INVALID, "unknown file prefix `%.*s` for file `%.*s`",
                       (int)folder.len, folder.p, (int)name.len, name.p);
    size_t empty;
    buf_adds(out, is_local ? "file" : "https/");
    empty = out->len;
    if (is_local)
        put_path(out, rest);
    else
        buf_add_str(out, rest);
    if (out->len == empty) /* no name at all */
        buf_clear(out);
    return 0;
}

static int read_env(struct archive *a, const struct json *env, struct err *e)
{
    if (env == NULL || env->type == JSON_NULL)
        return 0;
    if (env->type != JSON_OBJECT)
        return err_set(e, ERR_INVALID, "the env of its metadata.json is no object");
    for (size_t i = 0; i < env->len; i++) {
        if (env->items[i]->type != JSON_STRING)
            return err_set(e, ERR_INVALID, "the value of %s in its metadata.json is no string",
                           env->keys[i].p);
        struct key_value kv = {mem_strndup(env->keys[i].p, env->keys[i].len),
                               mem_strndup(env->items[i]->text.p, env->items[i]->text.len)};
        VEC_PUSH(&a->env, kv);
    }
    return 0;
}

static int read_url(char **out, const struct json *metadata, const char *key, struct err *e)
{
    const struct json *v = json_get(metadata, key);
    if (v == NULL || v->type != JSON_STRING || v->text.len == 0)
        return err_set(e, ERR_INVALID, "its metadata.json has no \"%s\"", key);
    if (v->text.p[0] == '/') /* k6 before 0.25 */
        *out = mem_printf("file://%s", v->text.p);
    else if (str_starts(v->text, "file:///") || str_starts(v->text, "https://"))
        *out = mem_strndup(v->text.p, v->text.len);
    else
        return err_set(e, ERR_INVALID, "the \"%s\" of its metadata.json is no URL of a file: %s",
                       key, v->text.p);
    return 0;
}

static void add_slash(char **url)
{
    if (str_ends(str_of(*url), "/"))
        return;
    char *longer = mem_printf("%s/", *url);
    mem_free(*url);
    *url = longer;
}

static int read_metadata(struct archive *a, struct str text, struct err *e)
{
    struct json *m = json_parse(text, e);
    if (m == NULL)
        return err_prefix(e, ERR_INVALID, "its metadata.json");
    const struct json *type = json_get(m, "type");
    const struct json *options = json_get(m, "options");
    int rc = 0;
    if (type == NULL || type->type != JSON_STRING || !str_eqs(type->text, "js"))
        rc = err_set(e, ERR_INVALID, "it has an unsupported test type '%s'",
                     type != NULL && type->type == JSON_STRING ? type->text.p : "");
    if (rc == 0)
        rc = read_url(&a->main_url, m, "filename", e);
    if (rc == 0)
        rc = read_url(&a->base_url, m, "pwd", e);
    if (rc == 0)
        rc = read_env(a, json_get(m, "env"), e);
    if (rc == 0 && options != NULL && options->type != JSON_OBJECT && options->type != JSON_NULL)
        rc = err_set(e, ERR_INVALID, "the options of its metadata.json are no object");
    if (rc < 0)
        goto done;
    add_slash(&a->base_url);
    struct buf json;
    buf_init(&json, BUF_NO_LIMIT);
    if (options != NULL && options->type == JSON_OBJECT)
        json_print(&json, options, 0);
    else
        buf_adds(&json, "{}");
    a->options_json = buf_take(&json);
done:
    json_free(m);
    return rc;
}

static int read_entries(struct archive *a, struct str bytes, struct str *metadata,
                        struct str *script, struct err *e)
{
    struct tar_reader r;
    struct tar_entry entry;
    struct buf name;
    int rc;
    tar_reader_init(&r, bytes);
    buf_init(&name, BUF_NO_LIMIT);
    while ((rc = tar_next(&r, &entry, e)) > 0) {
        if (!entry.is_file)
            continue;
        if (str_eqs(entry.name, "metadata.json")) {
            *metadata = entry.data;
        } else if (str_eqs(entry.name, "data")) {
            *script = entry.data;
        } else {
            buf_clear(&name);
            rc = put_entry_name(&name, entry.name, e);
            if (rc < 0)
                break;
            if (name.len > 0)
                add_named(a, (struct str){name.data, name.len}, entry.data);
        }
    }
    buf_deinit(&name);
    tar_reader_deinit(&r);
    return rc;
}

int archive_read(struct archive **out, struct str bytes, struct err *e)
{
    struct archive *a = archive_new();
    struct str metadata = {NULL, 0};
    struct str script = {NULL, 0};
    int rc = read_entries(a, bytes, &metadata, &script, e);
    if (rc == 0 && metadata.p == NULL)
        rc = err_set(e, ERR_INVALID, "it has no metadata.json");
    if (rc == 0)
        rc = read_metadata(a, metadata, e);
    if (rc == 0 && script.p != NULL)
        archive_add(a, a->main_url, script);
    if (rc == 0 && archive_get(a, a->main_url) == NULL)
        rc = err_set(e, ERR_INVALID, "its script is missing");
    if (rc == 0) {
        *out = a;
        a = NULL;
    }
    archive_free(a);
    return rc;
}

/* ---- writing */

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct key_value *)a)->key, ((const struct key_value *)b)->key);
}

static struct json *env_json(const struct archive *a)
{
    if (a->has_no_env)
        return json_new_null();
    struct json *env = json_new_object();
    struct key_value *sorted = mem_dup(a->env.items, a->env.len * sizeof *sorted);
    qsort(sorted, a->env.len, sizeof *sorted, compare_keys);
    for (size_t i = 0; i < a->env.len; i++)
        json_set(env, sorted[i].key, json_new_strs(sorted[i].value));
    mem_free(sorted);
    return env;
}

static void put_metadata(struct buf *out, const struct archive *a)
{
    struct json *m = json_new_object();
    struct json *dependencies = json_new_object();
    struct err ignored = {0};
    char *main_url = anonymous_url(a->main_url);
    char *base_url = anonymous_url(a->base_url);
    struct json *options = json_parse(str_of(a->options_json), &ignored);
    CHECK(options != NULL);
    json_set(dependencies, "k6", json_new_strs("*"));
    json_set(m, "type", json_new_strs("js"));
    json_set(m, "options", options);
    json_set(m, "filename", json_new_strs(main_url));
    json_set(m, "pwd", json_new_strs(base_url));
    json_set(m, "env", env_json(a));
    json_set(m, "compatibilityMode",
             json_new_strs(a->compatibility_mode != NULL ? a->compatibility_mode : "extended"));
    json_set(m, "k6version", json_new_strs(C6_K6_VERSION));
    json_set(m, "goos", json_new_strs("linux"));
    json_set(m, "dependencies", dependencies);
    json_print(out, m, 2);
    buf_addc(out, '\n');
    json_free(m);
    mem_free(base_url);
    mem_free(main_url);
}

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

typedef VEC(struct str) str_list;

/* Sorted names of all files below a folder, and of all folders that hold them. */
static void list_names(const struct archive *a, const char *top, str_list *files, str_list *dirs)
{
    struct map *seen = map_new();
    struct map_entry entry;
    size_t at = 0;
    while (map_next(a->files, &at, &entry)) {
        if (!str_starts(entry.key, top))
            continue;
        VEC_PUSH(files, entry.key);
        for (size_t i = 0; i < entry.key.len; i++) {
            struct str dir = {entry.key.p, i};
            if (entry.key.p[i] != '/' || map_has(seen, dir))
                continue;
            map_put(seen, dir, seen);
            VEC_PUSH(dirs, dir);
        }
    }
    map_free(seen, NULL);
    if (files->len > 0)
        qsort(files->items, files->len, sizeof *files->items, compare_names);
    if (dirs->len > 0)
        qsort(dirs->items, dirs->len, sizeof *dirs->items, compare_names);
}

static void put_folder(struct buf *out, const struct archive *a, const char *top, struct str script,
                       int64_t now_s)
{
    str_list files = {0};
    str_list dirs = {0};
    list_names(a, top, &files, &dirs);
    for (size_t i = 0; i < dirs.len; i++)
        tar_put_dir(out, dirs.items[i], now_s);
    for (size_t i = 0; i < files.len; i++) {
        const struct archive_file *f = map_get(a->files, files.items[i]);
        if (str_eq(files.items[i], script))
            tar_put_link(out, files.items[i], STR("data"), now_s);
        else
            tar_put_file(out, files.items[i], (struct str){f->data, f->len}, now_s);
    }
    VEC_DEINIT(&files);
    VEC_DEINIT(&dirs);
}

void archive_write(struct buf *out, const struct archive *a, int64_t now_s)
{
    const struct archive_file *script = archive_get(a, a->main_url);
    struct buf text;
    struct buf name;
    CHECK(script != NULL);
    buf_init(&text, BUF_NO_LIMIT);
    buf_init(&name, BUF_NO_LIMIT);
    put_metadata(&text, a);
    put_name(&name, a->main_url);
    tar_put_file(out, STR("metadata.json"), (struct str){text.data, text.len}, now_s);
    tar_put_file(out, STR("data"), (struct str){script->data, script->len}, now_s);
    put_folder(out, a, "file/", (struct str){name.data, name.len}, now_s);
    put_folder(out, a, "https/", (struct str){name.data, name.len}, now_s);
    tar_put_end(out);
    buf_deinit(&name);
    buf_deinit(&text);
}
