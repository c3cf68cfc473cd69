/* mailbox_test.c - one reader, several writers: nothing lost, order kept, and no sleep over
 * mail. */
#include "core/mailbox.h"

#include <poll.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

#include "base/err.h"
#include "test.h"

enum { WRITERS = 4, LETTERS = 5000 };

struct letter {
    struct mailbox_link link;
    int writer;
    int number;
};

struct writer {
    struct mailbox *mb;
    struct letter letters[LETTERS];
};

static bool is_readable(struct mailbox *mb)
{
    struct pollfd p = {.fd = mailbox_fd(mb), .events = POLLIN};
    return poll(&p, 1, 0) == 1;
}

static void mail_comes_out_oldest_first(void **state)
{
    (void)state;
    struct mailbox mb;
    struct letter letters[3] = {{.number = 0}, {.number = 1}, {.number = 2}};
    assert_int_equal(mailbox_open(&mb), 0);
    assert_null(mailbox_take_all(&mb));
    for (int i = 0; i < 3; i++)
        mailbox_put(&mb, &letters[i].link);
    assert_false(mailbox_is_empty(&mb));
    struct mailbox_link *link = mailbox_take_all(&mb);
    for (int i = 0; i < 3; i++, link = link->next)
        assert_ptr_equal(link, &letters[i].link);
    assert_null(link);
    assert_true(mailbox_is_empty(&mb));
    mailbox_close(&mb);
}

static void the_descriptor_is_rung_only_for_a_sleeper(void **state)
{
    (void)state;
    struct mailbox mb;
    struct letter a = {0};
    struct letter b = {0};
    assert_int_equal(mailbox_open(&mb), 0);
    mailbox_put(&mb, &a.link);
    assert_false(is_readable(&mb));
    assert_false(mailbox_prepare_sleep(&mb)); /* there is mail */
    mailbox_take_all(&mb);
    assert_true(mailbox_prepare_sleep(&mb));
    mailbox_put(&mb, &a.link);
    mailbox_put(&mb, &b.link);
    assert_true(is_readable(&mb));
    mailbox_end_sleep(&mb);
    mailbox_drain_fd(&mb);
    assert_false(is_readable(&mb));
    mailbox_close(&mb);
}

static void *write_letters(void *arg)
{
    struct writer *writer = arg;
    for (int i = 0; i < LETTERS; i++)
        mailbox_put(writer->mb, &writer->letters[i].link);
    return NULL;
}

static void sleep_until_rung(struct mailbox *mb)
{
    if (!mailbox_prepare_sleep(mb))
        return;
    struct pollfd p = {.fd = mailbox_fd(mb), .events = POLLIN};
    /* A lost ring shows as a failed poll; the limit is far beyond any delay of a busy machine. */
    assert_int_equal(poll(&p, 1, 30000), 1);
    mailbox_drain_fd(mb);
    mailbox_end_sleep(mb);
}

static void writers_race_with_a_reader_that_sleeps(void **state)
{
    (void)state;
    static struct writer writers[WRITERS];
    struct mailbox mb;
    pthread_t threads[WRITERS];
    int next[WRITERS] = {0};
    int left = WRITERS * LETTERS;
    assert_int_equal(mailbox_open(&mb), 0);
    for (int i = 0; i < WRITERS; i++) {
        writers[i].mb = &mb;
        for (int k = 0; k < LETTERS; k++)
            writers[i].letters[k] = (struct letter){.writer = i, .number = k};
        assert_int_equal(pthread_create(&threads[i], NULL, write_letters, &writers[i]), 0);
    }
    while (left > 0) {
        struct mailbox_link *link = mailbox_take_all(&mb);
        if (link == NULL)
            sleep_until_rung(&mb);
        for (; link != NULL; link = link->next, left--) {
            struct letter *letter =
                (struct letter *)(void *)((char *)link - offsetof(struct letter, link));
            assert_int_equal(letter->number, next[letter->writer]++);
        }
    }
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    assert_true(mailbox_is_empty(&mb));
    mailbox_close(&mb);
}

TEST_SUITE(mailbox) {
    TEST(mail_comes_out_oldest_first)
    TEST(the_descriptor_is_rung_only_for_a_sleeper)
    TEST(writers_race_with_a_reader_that_sleeps)
    TEST_END
};
