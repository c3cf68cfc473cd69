/* fuzz_replay.h - runs a fuzz driver over its corpus as part of the unit tests. In x_test.c:
 *
 *     #define LLVMFuzzerTestOneInput x_fuzz_one
 *     #include "../../fuzz/x_fuzz.c"
 *     static void the_corpus_is_clean(void **state) { fuzz_replay("x", x_fuzz_one); }
 *
 * Each file of fuzz/corpus/x is given to the driver whole and cut short at every length: a cut
 * input is what a parser sees that is fed byte by byte. */
#ifndef C6_FUZZ_REPLAY_H
#define C6_FUZZ_REPLAY_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test.h"

enum { FUZZ_REPLAY_CUTS_MAX = 512 }; /* long inputs are cut at the first so many places only */

static inline void fuzz_replay_file(const char *path, int (*fn)(const uint8_t *data, size_t size))
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    for (long cut = 0; cut <= size;
         cut = cut < FUZZ_REPLAY_CUTS_MAX || cut == size ? cut + 1 : size) {
        /* A fresh block of the exact size, so that AddressSanitizer sees a byte read too far. */
        uint8_t *data = malloc(cut > 0 ? (size_t)cut : 1);
        assert_non_null(data);
        rewind(file);
        assert_int_equal(fread(data, 1, (size_t)cut, file), cut);
        fn(data, (size_t)cut);
        free(data);
    }
    fclose(file);
}

static inline void fuzz_replay(const char *corpus, int (*fn)(const uint8_t *data, size_t size))
{
    char path[1024];
    int files = 0;
    snprintf(path, sizeof path, "%s/fuzz/corpus/%s", C6_SOURCE_DIR, corpus);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/fuzz/corpus/%s/%s", C6_SOURCE_DIR, corpus, entry->d_name);
        fuzz_replay_file(path, fn);
        files++;
    }
    closedir(dir);
    assert_true(files > 0);
}

#endif
