#include "modules/data/packed.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

struct fixture {
    struct buf out;
    struct packed_keys keys;
};

static void begin(struct fixture *f)
{
    buf_init(&f->out, BUF_NO_LIMIT);
    packed_keys_init(&f->keys);
}

static void end(struct fixture *f)
{
    buf_deinit(&f->out);
    packed_keys_deinit(&f->keys);
}

/* The packed value as JSON again. */
static const uint8_t *print(struct buf *to, const struct packed_keys *keys, const uint8_t *p)
{
    struct packed_item item;
    p = packed_next(p, &item);
    switch (item.type) {
    case PACKED_NULL:
        buf_adds(to, "null");
        break;
    case PACKED_FALSE:
        buf_adds(to, "false");
        break;
    case PACKED_TRUE:
        buf_adds(to, "true");
        break;
    case PACKED_INVALID:
        buf_adds(to, "invalid");
        break;
    case PACKED_INT:
        buf_addf(to, "%lld", (long long)item.integer);
        break;
    case PACKED_DOUBLE:
        buf_addf(to, "%.17g", item.number);
        break;
    case PACKED_TEXT:
        buf_addf(to, "\"%.*s\"", (int)item.text.len, item.text.p);
        break;
    case PACKED_LIST:
        buf_addc(to, '[');
        for (uint64_t i = 0; i < item.count; i++) {
            buf_adds(to, i > 0 ? "," : "");
            p = print(to, keys, p);
        }
        buf_addc(to, ']');
        break;
    case PACKED_MAP:
        buf_addc(to, '{');
        for (uint64_t i = 0; i < item.count; i++) {
            int place;
            struct str key;
            p = packed_key(p, &place, &key);
            if (place >= 0)
                key = keys->items[place];
            buf_addf(to, "%s\"%.*s\":", i > 0 ? "," : "", (int)key.len, key.p);
            p = print(to, keys, p);
        }
        buf_addc(to, '}');
        break;
    }
    return p;
}

static void check(const char *json, const char *want)
{
    struct fixture f;
    struct buf text;
    begin(&f);
    buf_init(&text, BUF_NO_LIMIT);
    assert_int_equal(packed_put(&f.out, &f.keys, str_of(json), NULL), 0);
    const uint8_t *stop = print(&text, &f.keys, (const uint8_t *)f.out.data);
    assert_ptr_equal(stop, f.out.data + f.out.len);
    assert_string_equal(text.data, want);
    buf_deinit(&text);
    end(&f);
}

static void reads_what_was_written(void **state)
{
    (void)state;
    static const char *const same[] = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "7",
        "14",
        "15",
        "16",
        "-8",
        "123456789",
        "-9007199254740991",
        "9007199254740991",
        "0.5",
        "-0.25",
        "\"\"",
        "\"text\"",
        "\"a text that is longer than the small lengths\"",
        "[]",
        "{}",
        "[1,[2,[3]]]",
        "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]",
        "{\"a\":1,\"b\":{\"a\":[null,{\"c\":\"d\"}]}}",
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        check(same[i], same[i]);
}

static void numbers_that_are_no_integers_keep_their_bits(void **state)
{
    (void)state;
    check("-0", "-0");
    check("1e300", "1.0000000000000001e+300");
    check("1e2", "100");
    check("9007199254740993", "9007199254740992");
}

static void a_key_is_stored_once(void **state)
{
    (void)state;
    struct fixture f;
    begin(&f);
    packed_put(&f.out, &f.keys, STR("{\"a_rather_long_key\":1}"), NULL);
    size_t first = f.out.len;
    packed_put(&f.out, &f.keys, STR("{\"a_rather_long_key\":2}"), NULL);
    assert_int_equal(f.keys.count, 1);
    assert_int_equal(first, 3);
    assert_int_equal(f.out.len, 6);
    end(&f);
}

static void more_keys_than_the_table_holds_stand_in_the_data(void **state)
{
    (void)state;
    struct buf json;
    buf_init(&json, BUF_NO_LIMIT);
    for (int i = 0; i < PACKED_MAX_KEYS + 50; i++)
        buf_addf(&json, "%s\"key%d\":%d", i > 0 ? "," : "{", i, i);
    buf_addc(&json, '}');
    check(json.data, json.data);
    buf_deinit(&json);
}

static void what_is_no_json_leaves_no_trace(void **state)
{
    (void)state;
    struct fixture f;
    struct err e = {0};
    begin(&f);
    packed_put(&f.out, &f.keys, STR("1"), NULL);
    assert_int_equal(packed_put(&f.out, &f.keys, STR("[1,"), &e), ERR_INVALID);
    assert_non_null(e.msg);
    assert_int_equal(f.out.len, 1);
    err_deinit(&e);
    end(&f);
}

static void is_no_longer_than_json(void **state)
{
    (void)state;
    struct fixture f;
    const char *json = "{\"id\":12345,\"name\":\"user 12345\",\"tags\":[\"a\",\"b\"],\"ok\":true}";
    begin(&f);
    for (int i = 0; i < 100; i++)
        packed_put(&f.out, &f.keys, str_of(json), NULL);
    assert_true(f.out.len < 100 * strlen(json) / 2);
    end(&f);
}

TEST_SUITE(packed){
    TEST(reads_what_was_written)
    TEST(numbers_that_are_no_integers_keep_their_bits)
    TEST(a_key_is_stored_once)
    TEST(more_keys_than_the_table_holds_stand_in_the_data)
    TEST(what_is_no_json_leaves_no_trace)
    TEST(is_no_longer_than_json)
    TEST_END
};
