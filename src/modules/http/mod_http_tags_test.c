/* mod_http_tags_test.c - which tags a request's samples carry, and that they are made once. */
#include "modules/http/http_int.h"

#include <string.h>

#include "test.h"

static void assert_tag(const struct tagset *t, const char *key, const char *want)
{
    struct str value;
    bool has = tags_get(t, key, &value);
    if (want ? !has || !str_eqs(value, want) : has)
        fail_msg("%s: got %.*s, wanted %s", key, has ? (int)value.len : 6,
                 has ? value.p : "nothing", want ? want : "nothing");
}

static struct http_tag_key key_of(struct tagset *base)
{
    return (struct http_tag_key){.base = base,
                                 .url = STR("http://h/"),
                                 .method = STR("GET"),
                                 .proto = STR("HTTP/1.1"),
                                 .status = 200,
                                 .expected = 1};
}

static void a_good_answer_has_the_default_tags(void **state)
{
    struct tag_pool *pool = tag_pool_new();
    struct tagset *base = tags_empty(pool);
    struct http_tag_cache c = {0};
    struct http_tag_key k = key_of(base);
    struct tagset *t = mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT);
    assert_int_equal(t->count, 6);
    assert_tag(t, "name", "http://h/");
    assert_tag(t, "url", "http://h/");
    assert_tag(t, "method", "GET");
    assert_tag(t, "status", "200");
    assert_tag(t, "proto", "HTTP/1.1");
    assert_tag(t, "expected_response", "true");
    mod_http_tags_clear(&c);
    tags_unref(base);
    tag_pool_free(pool);
}

static void a_failure_has_error_and_code_and_status_zero(void **state)
{
    struct tag_pool *pool = tag_pool_new();
    struct tagset *base = tags_empty(pool);
    struct http_tag_cache c = {0};
    struct http_tag_key k = {.base = base,
                             .url = STR("u"),
                             .method = STR("GET"),
                             .error = STR("EOF"),
                             .code = 1000,
                             .expected = -1,
                             .ip = STR("127.0.0.1")};
    struct tagset *t = mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT | TAG_IP);
    assert_tag(t, "error", "EOF");
    assert_tag(t, "error_code", "1000");
    assert_tag(t, "status", "0");
    assert_tag(t, "proto", NULL);
    assert_tag(t, "expected_response", NULL);
    assert_tag(t, "ip", "127.0.0.1");
    mod_http_tags_clear(&c);
    tags_unref(base);
    tag_pool_free(pool);
}

static void a_name_of_ones_own_stands_for_the_url_and_other_tags_give_way(void **state)
{
    struct tag_pool *pool = tag_pool_new();
    struct tagset *empty = tags_empty(pool);
    struct tag own[] = {
        {STR("name"), STR("n")}, {STR("method"), STR("forced")}, {STR("error"), STR("kept")}};
    struct tagset *base = tags_with_many(empty, own, 3);
    struct http_tag_cache c = {0};
    struct http_tag_key k = key_of(base);
    struct tagset *t = mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT);
    assert_tag(t, "name", "n");
    assert_tag(t, "url", "n");
    assert_tag(t, "method", "GET");
    assert_tag(t, "error", "kept");
    mod_http_tags_clear(&c);
    k.url = STR("http://h/2");
    t = mod_http_tags_get(&c, &k, 0);
    assert_ptr_equal(t, base); /* no system tags at all */
    mod_http_tags_clear(&c);
    tags_unref(base);
    tags_unref(empty);
    tag_pool_free(pool);
}

static void the_same_request_gets_the_same_set_whoever_lends_the_texts(void **state)
{
    struct tag_pool *pool = tag_pool_new();
    struct tagset *base = tags_empty(pool);
    struct http_tag_cache c = {0};
    char url[] = "http://h/x";
    struct http_tag_key k = key_of(base);
    k.url = str_of(url);
    struct tagset *t = tags_ref(mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT));
    url[9] = 'y'; /* the cache has its own copy */
    struct tagset *other = mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT);
    assert_ptr_not_equal(t, other);
    k.url = STR("http://h/x");
    assert_ptr_equal(mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT), t);
    for (int status = 0; status < 3 * TAG_SLOTS; status++) {
        k.status = status;
        mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT);
    }
    k.status = 200;
    assert_ptr_equal(mod_http_tags_get(&c, &k, SYSTEM_TAGS_DEFAULT),
                     t); /* interned: equal sets are one */
    tags_unref(t);
    mod_http_tags_clear(&c);
    tags_unref(base);
    tag_pool_free(pool);
}

TEST_SUITE(mod_http_tags){
    TEST(a_good_answer_has_the_default_tags)
    TEST(a_failure_has_error_and_code_and_status_zero)
    TEST(a_name_of_ones_own_stands_for_the_url_and_other_tags_give_way)
    TEST(the_same_request_gets_the_same_set_whoever_lends_the_texts)
    TEST_END
};
