/* file_pages.c - a file in memory (memfd), mapped once for reading and once, privately, for each
 * buffer. A process may have so many mappings only (vm.max_map_count); buffers take half of them at
 * most, and are copies from then on. Tests: file_pages_test.c */
#include "js/file_pages.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "js/jsarg.h"

struct file_pages {
    int fd;
    char *data; /* mapped for reading */
    size_t len;
    int mapping_max;
    atomic_int mapping_count;
};

/* The memory of one buffer. */
struct view {
    struct file_pages *pages;
    size_t len;
};

static int read_mapping_max(void)
{
    int max = 65530;
    FILE *f = fopen("/proc/sys/vm/max_map_count", "re");
    if (f != NULL) {
        if (fscanf(f, "%d", &max) != 1 || max < 0)
            max = 65530;
        fclose(f);
    }
    return max / 2;
}

static bool fill(int fd, struct str bytes)
{
    if (ftruncate(fd, (off_t)bytes.len) < 0)
        return false;
    for (size_t at = 0; at < bytes.len;) {
        ssize_t n = pwrite(fd, bytes.p + at, bytes.len - at, (off_t)at);
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

struct file_pages *file_pages_new(struct str bytes)
{
    int fd = memfd_create("c6-file", MFD_CLOEXEC);
    if (fd < 0)
        return NULL;
    void *data = fill(fd, bytes) ? mmap(NULL, bytes.len, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    if (data == MAP_FAILED) {
        close(fd);
        return NULL;
    }
    struct file_pages *p = MEM_NEW(struct file_pages);
    p->fd = fd;
    p->data = data;
    p->len = bytes.len;
    p->mapping_max = read_mapping_max();
    return p;
}

void file_pages_free(struct file_pages *p)
{
    if (p == NULL)
        return;
    munmap(p->data, p->len);
    close(p->fd);
    mem_free(p);
}

struct str file_pages_bytes(const struct file_pages *p)
{
    return (struct str){p->data, p->len};
}

static void view_free(struct view *v, void *data)
{
    munmap(data, v->len);
    atomic_fetch_sub(&v->pages->mapping_count, 1);
    mem_free(v);
}

/* What the engine does with the memory: size 0 ends it; another size (transfer() asks for that)
 * moves it to pages of its own, since there is no file behind what grows. */
static void *resize(JSRuntime *rt, void *opaque, void *data, size_t size)
{
    struct view *v = opaque;
    if (size == 0) {
        view_free(v, data);
        return NULL;
    }
    void *more = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (more == MAP_FAILED)
        return NULL;
    memcpy(more, data, size < v->len ? size : v->len);
    munmap(data, v->len);
    v->len = size;
    return more;
}

static JSValue copy(JSContext *ctx, const struct file_pages *p)
{
    char *bytes = mem_try_alloc(p->len);
    if (bytes == NULL)
        return JS_ThrowOutOfMemory(ctx);
    memcpy(bytes, p->data, p->len);
    return jsarg_new_arraybuffer(ctx, bytes, p->len);
}

JSValue file_pages_buffer(JSContext *ctx, struct file_pages *p)
{
    bool may_map = atomic_fetch_add(&p->mapping_count, 1) < p->mapping_max;
    void *data = may_map ? mmap(NULL, p->len, PROT_READ | PROT_WRITE, MAP_PRIVATE, p->fd, 0)
                         : MAP_FAILED;
    if (data == MAP_FAILED) {
        atomic_fetch_sub(&p->mapping_count, 1);
        return copy(ctx, p);
    }
    struct view *v = MEM_NEW(struct view);
    *v = (struct view){p, p->len};
    JSValue buffer = jsarg_new_arraybuffer_of(ctx, data, p->len, resize, v);
    if (JS_IsException(buffer))
        view_free(v, data);
    return buffer;
}
