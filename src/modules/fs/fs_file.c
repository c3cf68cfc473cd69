/* fs_file.c - see fs_file.h. Source: k6 docs, "k6/experimental/fs". Tests: fs_file_test.c */
#include "modules/fs/fs_file.h"

#include <string.h>

#include "base/mem.h"

struct fs_file {
    char *path;
    struct str bytes;
    size_t place; /* <= bytes.len */
    int refs;
};

struct fs_file *fs_file_new(const char *path, struct str lent_bytes)
{
    struct fs_file *f = MEM_NEW(struct fs_file);
    f->path = mem_strdup(path);
    f->bytes = lent_bytes;
    f->refs = 1;
    return f;
}

struct fs_file *fs_file_ref(struct fs_file *f)
{
    f->refs++;
    return f;
}

void fs_file_unref(struct fs_file *f)
{
    if (f == NULL || --f->refs > 0)
        return;
    mem_free(f->path);
    mem_free(f);
}

const char *fs_file_path(const struct fs_file *f)
{
    return f->path;
}

struct str fs_file_name(const struct fs_file *f)
{
    const char *slash = strrchr(f->path, '/');
    return str_of(slash != NULL && slash[1] != '\0' ? slash + 1 : f->path);
}

size_t fs_file_size(const struct fs_file *f)
{
    return f->bytes.len;
}

bool fs_file_is_at_end(const struct fs_file *f)
{
    return f->place == f->bytes.len;
}

size_t fs_file_read(struct fs_file *f, void *into, size_t cap)
{
    size_t left = f->bytes.len - f->place;
    size_t len = left < cap ? left : cap;
    if (len > 0)
        memcpy(into, f->bytes.p + f->place, len);
    f->place += len;
    return len;
}

int fs_file_seek(struct fs_file *f, int64_t offset, enum fs_whence whence, int64_t *place,
                 struct err *e)
{
    int64_t from = 0;
    switch (whence) {
    case FS_START:
        if (offset < 0)
            return err_set(e, ERR_INVALID, "offset cannot be negative when using SeekModeStart");
        break;
    case FS_CURRENT:
        from = (int64_t)f->place;
        break;
    case FS_END:
        if (offset > 0)
            return err_set(e, ERR_INVALID, "offset cannot be positive when using SeekModeEnd");
        from = (int64_t)f->bytes.len - 1;
        break;
    }
    /* Compared before they are added: offset may be any number. */
    if (offset < -from)
        return err_set(e, ERR_INVALID, "seeking before start of file");
    if (offset > (int64_t)f->bytes.len - from)
        return err_set(e, ERR_INVALID, "seeking beyond end of file");
    *place = from + offset;
    f->place = (size_t)*place;
    return 0;
}
