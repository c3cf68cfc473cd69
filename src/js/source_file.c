/* source_file.c - reading whole files for scripts. Knows no engine. A file may grow or shrink while
 * it is read, and /proc files say that they are empty, so it is read until its end, not for its
 * size. Tests: loader_test.c. */
#include "js/source_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { FIRST_CHUNK = 16 * 1024 };
/* Above this a script could not hold the text anyway: the engine's strings end there. */
static const size_t FILE_MAX = (size_t)1 << 30;

static int fail(struct err *e, const char *what, const char *path, int errno_value)
{
    const char *text = strerror(errno_value);
    /* Go's errors begin in lower case, and scripts may match them. */
    char first = text[0] >= 'A' && text[0] <= 'Z' ? (char)(text[0] + 32) : text[0];
    return err_set(e, err_from_errno(errno_value), "%s %s: %c%s", what, path, first, text + 1);
}

static int read_all(int fd, size_t size_hint, const char *path, char **data, size_t *len,
                    struct err *e)
{
    size_t cap = size_hint + 1 > FIRST_CHUNK ? size_hint + 1 : FIRST_CHUNK;
    char *p = mem_try_alloc(cap + 1);
    size_t have = 0;
    while (p != NULL) {
        if (have == cap) {
            char *grown = cap >= FILE_MAX ? NULL : mem_try_realloc(p, cap * 2 + 1);
            if (grown == NULL)
                break;
            p = grown;
            cap *= 2;
        }
        ssize_t n = read(fd, p + have, cap - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            int rc = fail(e, "read", path, errno);
            mem_free(p);
            return rc;
        }
        if (n == 0) {
            p[have] = '\0';
            *data = p;
            *len = have;
            return 0;
        }
        have += (size_t)n;
    }
    mem_free(p);
    return err_set(e, ERR_TOO_LARGE, "read %s: the file is too large to hold in memory", path);
}

int source_file_read(const char *path, char **data, size_t *len, struct err *e)
{
    struct stat st;
    if (stat(path, &st) < 0)
        return fail(e, "stat", path, errno);
    if (S_ISDIR(st.st_mode)) {
        size_t shown = strlen(path);
        while (shown > 1 && path[shown - 1] == '/')
            shown--;
        return err_set(e, ERR_UNSUPPORTED, "read %.*s: is a directory", (int)shown, path);
    }
    if ((uint64_t)st.st_size > FILE_MAX)
        return err_set(e, ERR_TOO_LARGE, "read %s: the file is too large to hold in memory", path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(e, "open", path, errno);
    int rc = read_all(fd, (size_t)st.st_size, path, data, len, e);
    close(fd);
    return rc;
}

int source_file_read_stdin(char **data, size_t *len, struct err *e)
{
    return read_all(STDIN_FILENO, 0, "stdin", data, len, e);
}
