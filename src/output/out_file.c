/* out_file.c - the file that an output writes to: standard output, a plain file, or a .gz one.
 * Knows no formats. Used on the output's thread. Tests: out_file_test.c */
#include "output/out_file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "base/mem.h"

enum { WRITE_SIZE = 256 * 1024, GZ_SIZE = 64 * 1024 };

struct out_gz {
    z_stream z;
    unsigned char out[GZ_SIZE];
};

bool out_file_is_stdout(const char *path)
{
    return path == NULL || path[0] == '\0' || strcmp(path, "-") == 0;
}

static struct out_gz *gz_new(void)
{
    struct out_gz *gz = MEM_NEW(struct out_gz);
    /* The fastest level: points are so alike that it packs them to a tenth, and a slow one would
     * drop them. 15 + 16: gzip's header. */
    int rc = deflateInit2(&gz->z, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    CHECK(rc == Z_OK);
    return gz;
}

void out_file_init(struct out_file *f, const char *path, int stdout_fd, const char *type,
                   struct logger *lg)
{
    memset(f, 0, sizeof *f);
    f->type = type;
    f->logger = lg;
    f->fd = stdout_fd;
    f->path = out_file_is_stdout(path) ? NULL : mem_strdup(path);
    buf_init(&f->text, BUF_NO_LIMIT);
}

int out_file_open(struct out_file *f, struct err *e)
{
    if (f->path == NULL)
        return 0;
    f->fd = open(f->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (f->fd < 0) {
        int rc = err_from_errno(errno);
        return err_set(e, rc, "open %s: %s", f->path, strerror(errno));
    }
    f->owns_fd = true;
    if (str_ends(str_of(f->path), ".gz"))
        f->gz = gz_new();
    return 0;
}

static void fail(struct out_file *f, const char *what)
{
    if (!f->has_failed)
        log_error(f->logger,
                  "The output %s cannot write to %s: %s. The rest of the points is lost; the test "
                  "goes on",
                  f->type, f->path != NULL ? f->path : "standard output", what);
    f->has_failed = true;
}

static void write_all(struct out_file *f, const void *data, size_t len)
{
    const char *p = data;
    while (len > 0 && !f->has_failed) {
        ssize_t n = write(f->fd, p, len);
        if (n >= 0) {
            p += n;
            len -= (size_t)n;
        } else if (errno ==
                   EAGAIN) { /* standard output may be a pipe that somebody made non-blocking */
            struct pollfd pfd = {.fd = f->fd, .events = POLLOUT};
            poll(&pfd, 1, -1);
        } else if (errno != EINTR) {
            fail(f, strerror(errno));
        }
    }
}

static void gz_write(struct out_file *f, const char *data, size_t len, int flush)
{
    struct out_gz *gz = f->gz;
    gz->z.next_in = (Bytef *)(uintptr_t)data;
    gz->z.avail_in = (uInt)len;
    do {
        gz->z.next_out = gz->out;
        gz->z.avail_out = sizeof gz->out;
        int rc = deflate(&gz->z, flush);
        CHECK(rc != Z_STREAM_ERROR);
        write_all(f, gz->out, sizeof gz->out - gz->z.avail_out);
    } while (gz->z.avail_out == 0 && !f->has_failed);
}

void out_file_flush(struct out_file *f)
{
    if (buf_failed(&f->text))
        fail(f, "out of memory");
    if (f->gz != NULL && !f->has_failed && f->text.len > 0)
        gz_write(f, f->text.data, f->text.len, Z_NO_FLUSH);
    else
        write_all(f, f->text.data, f->text.len);
    buf_clear(&f->text);
}

void out_file_commit(struct out_file *f)
{
    if (f->text.len >= WRITE_SIZE)
        out_file_flush(f);
}

void out_file_close(struct out_file *f)
{
    out_file_flush(f);
    if (f->gz != NULL) {
        if (!f->has_failed)
            gz_write(f, NULL, 0, Z_FINISH);
        deflateEnd(&f->gz->z);
        mem_free(f->gz);
    }
    /* Some file systems tell only now that there was no room. */
    if (f->owns_fd && close(f->fd) < 0)
        fail(f, strerror(errno));
    buf_deinit(&f->text);
    mem_free(f->path);
}
