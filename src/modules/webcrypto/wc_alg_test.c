#include "modules/webcrypto/wc_alg.h"

#include "base/err.h"
#include "test.h"

static void names_are_found_in_any_case(void **state)
{
    (void)state;
    assert_int_equal(wc_alg_of(STR("aes-gcm")), WC_AES_GCM);
    assert_int_equal(wc_alg_of(STR("rsassa-pkcs1-V1_5")), WC_RSA_PKCS1);
    assert_int_equal(wc_alg_of(STR("Sha-256")), WC_SHA256);
    assert_int_equal(wc_alg_of(STR("SHA-224")), WC_ALGS);
    assert_int_equal(wc_alg_of(STR("")), WC_ALGS);
    for (int i = 0; i < WC_ALGS; i++)
        assert_int_equal(wc_alg_of(str_of(wc_alg_name((enum wc_alg)i))), i);
}

static void curves_formats_and_usages_are_exact(void **state)
{
    (void)state;
    assert_int_equal(wc_curve_of(STR("P-384")), WC_P384);
    assert_int_equal(wc_curve_of(STR("p-384")), WC_CURVES);
    assert_int_equal(wc_format_of(STR("jwk")), WC_JWK);
    assert_int_equal(wc_format_of(STR("JWK")), WC_FORMATS);
    assert_int_equal(wc_usage_of(STR("deriveBits")), WC_USE_DERIVE_BITS);
    assert_int_equal(wc_usage_of(STR("derivebits")), WC_USAGES);
}

static void an_operation_belongs_to_some_algorithms(void **state)
{
    (void)state;
    assert_true(wc_alg_has_op(WC_AES_CBC, WC_ENCRYPT));
    assert_false(wc_alg_has_op(WC_AES_CBC, WC_SIGN));
    assert_false(wc_alg_has_op(WC_AES_KW, WC_ENCRYPT));
    assert_true(wc_alg_has_op(WC_AES_KW, WC_WRAP));
    assert_false(wc_alg_has_op(WC_PBKDF2, WC_GENERATE));
    assert_true(wc_alg_has_op(WC_ECDH, WC_DERIVE_KEY));
    assert_false(wc_alg_has_op(WC_SHA1, WC_GENERATE));
    assert_false(wc_alg_has_op(WC_ALGS, WC_DIGEST));
}

static void usages_keep_their_order_and_count_once(void **state)
{
    (void)state;
    struct wc_usages u = {.count = 0};
    wc_usages_add(&u, WC_USE_VERIFY);
    wc_usages_add(&u, WC_USE_SIGN);
    wc_usages_add(&u, WC_USE_VERIFY);
    assert_int_equal(u.count, 2);
    assert_int_equal(u.items[0], WC_USE_VERIFY);
    assert_true(wc_usages_within(&u, 1u << WC_USE_VERIFY | 1u << WC_USE_SIGN));
    assert_false(wc_usages_within(&u, 1u << WC_USE_VERIFY));
    struct wc_usages only = wc_usages_only(&u, 1u << WC_USE_SIGN);
    assert_int_equal(only.count, 1);
    wc_usages_add(&u, WC_USAGES);
    assert_false(wc_usages_within(&u, ~0u));
}

static void a_long_message_is_cut(void **state)
{
    (void)state;
    struct wc_err e;
    assert_int_equal(wc_fail(&e, WC_DATA_ERROR, "%0500d", 1), ERR_INVALID);
    assert_string_equal(e.name, "DataError");
    assert_int_equal(str_of(e.message).len, sizeof e.message - 1);
}

TEST_SUITE(wc_alg){
    TEST(names_are_found_in_any_case)
    TEST(curves_formats_and_usages_are_exact)
    TEST(an_operation_belongs_to_some_algorithms)
    TEST(usages_keep_their_order_and_count_once)
    TEST(a_long_message_is_cut)
    TEST_END
};
