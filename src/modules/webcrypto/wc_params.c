/* wc_params.c - see wc_params.h. */
#include "modules/webcrypto/wc_params.h"

void wc_params_init(struct wc_params *p)
{
    *p = (struct wc_params){.alg = WC_ALGS, .hash = WC_ALGS, .curve = WC_CURVES};
    buf_init(&p->iv, BUF_NO_LIMIT);
    buf_init(&p->extra, BUF_NO_LIMIT);
}

void wc_params_deinit(struct wc_params *p)
{
    buf_deinit(&p->iv);
    buf_deinit(&p->extra);
    wc_key_unref(p->other);
    p->other = NULL;
}
