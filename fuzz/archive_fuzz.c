/* archive_fuzz.c - fuzz driver of archive.h and, below it, tar.h. The input is read as it is, and
 * again with the checksum of every block put right, which chance would never do. What is accepted
 * is the same after being written and read. Corpus: fuzz/corpus/archive. Replayed by archive_test.c
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "js/archive.h"
#include "js/tar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const struct archive *a, const struct archive *b)
{
    struct map_entry entry;
    size_t at = 0;
    CHECK(map_len(a->files) == map_len(b->files) && a->env.len == b->env.len);
    while (map_next(a->files, &at, &entry)) {
        const struct archive_file *f = entry.value;
        const struct archive_file *g = map_get(b->files, entry.key);
        CHECK(g != NULL && f->len == g->len && memcmp(f->data, g->data, f->len) == 0);
    }
}

static void read_one(struct str bytes)
{
    struct archive *a = NULL;
    struct archive *again = NULL;
    struct err e = {0};
    struct buf out;
    if (archive_read(&a, bytes, &e) < 0) {
        CHECK(a == NULL && e.msg != NULL);
        err_deinit(&e);
        return;
    }
    buf_init(&out, BUF_NO_LIMIT);
    archive_write(&out, a, 1);
    CHECK(archive_begins((struct str){out.data, out.len}));
    CHECK(archive_read(&again, (struct str){out.data, out.len}, &e) == 0);
    check_same(a, again);
    buf_deinit(&out);
    archive_free(a);
    archive_free(again);
}

static void mend_checksums(char *bytes, size_t size)
{
    for (size_t at = 0; at + TAR_BLOCK <= size; at += TAR_BLOCK) {
        unsigned sum = 0;
        char *block = bytes + at;
        memset(block + 148, ' ', 8);
        for (size_t i = 0; i < TAR_BLOCK; i++)
            sum += (unsigned char)block[i];
        if (sum == 8 * ' ')
            memset(block + 148, 0, 8); /* a zero block stays one */
        else
            snprintf(block + 148, 8, "%06o", sum);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = mem_dup(data, size);
    archive_begins((struct str){(const char *)data, size});
    read_one((struct str){(const char *)data, size});
    mend_checksums(copy, size);
    read_one((struct str){copy, size});
    mem_free(copy);
    return 0;
}
