/* ctx.c - machine contexts over Boost.Context's two C symbols. A jump hands over a pointer to a
 * hop, which lies on the stack left behind: the side that continues learns from it whose context
 * it must fill in (a context's address is known only once it has been left). Tests: fiber_test.c */
#include "core/ctx.h"

#include "base/err.h"

#ifdef CTX_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef CTX_TSAN
#include <sanitizer/tsan_interface.h>
#endif

/* Boost.Context has no C header; these are its ABI (boost/context/detail/fcontext.hpp). */
struct transfer {
    void *from;
    void *data;
};
extern struct transfer jump_fcontext(void *to, void *data);
extern void *make_fcontext(void *top, size_t size, void (*fn)(struct transfer));

struct hop {
    struct ctx *from;
    struct ctx *to;
};

#ifdef CTX_ASAN
static void before_jump(struct ctx *from, struct ctx *to, int is_last)
{
    /* Without a place to keep it, the fake stack of the context that ends is freed. */
    __sanitizer_start_switch_fiber(is_last ? NULL : &from->fake_stack, to->bottom, to->size);
}

static void after_jump(struct ctx *self, struct ctx *left)
{
    /* What was left may be the thread's own stack, whose bounds are learned only here. */
    __sanitizer_finish_switch_fiber(self->fake_stack, &left->bottom, &left->size);
}
#elif defined(CTX_TSAN)
static void before_jump(struct ctx *from, struct ctx *to, int is_last)
{
    (void)from;
    (void)is_last;
    __tsan_switch_to_fiber(to->tsan_fiber, 0);
}

static void after_jump(struct ctx *self, struct ctx *left)
{
    (void)self;
    (void)left;
}
#else
static inline void before_jump(struct ctx *from, struct ctx *to, int is_last)
{
    (void)from;
    (void)to;
    (void)is_last;
}

static inline void after_jump(struct ctx *self, struct ctx *left)
{
    (void)self;
    (void)left;
}
#endif

static void start(struct transfer t)
{
    struct hop *hop = t.data;
    struct ctx *self = hop->to;
    hop->from->jump = t.from;
    after_jump(self, hop->from);
    self->entry(self);
    check_failed("a context's entry does not return", __FILE__, __LINE__);
}

void ctx_init_thread(struct ctx *c)
{
    *c = (struct ctx){0};
#ifdef CTX_TSAN
    c->tsan_fiber = __tsan_get_current_fiber();
#endif
}

void ctx_init(struct ctx *c, void *low, void *top, void (*entry)(struct ctx *self))
{
    *c = (struct ctx){0};
    c->entry = entry;
    c->jump = make_fcontext(top, (size_t)((char *)top - (char *)low), start);
#ifdef CTX_ASAN
    c->bottom = low;
    c->size = (size_t)((char *)top - (char *)low);
#endif
#ifdef CTX_TSAN
    c->tsan_fiber = __tsan_create_fiber(0);
#endif
}

void ctx_deinit(struct ctx *c)
{
#ifdef CTX_TSAN
    __tsan_destroy_fiber(c->tsan_fiber);
#endif
    c->jump = NULL;
}

void ctx_switch(struct ctx *from, struct ctx *to)
{
    struct hop hop = {from, to};
    before_jump(from, to, 0);
    struct transfer t = jump_fcontext(to->jump, &hop);
    struct hop *back = t.data;
    back->from->jump = t.from;
    after_jump(from, back->from);
}

void ctx_leave(struct ctx *from, struct ctx *to)
{
    struct hop hop = {from, to};
    before_jump(from, to, 1);
    jump_fcontext(to->jump, &hop);
    check_failed("a context that left is not continued", __FILE__, __LINE__);
}

void ctx_poison(void *p, size_t size)
{
#ifdef CTX_ASAN
    __asan_poison_memory_region(p, size);
#else
    (void)p;
    (void)size;
#endif
}

void ctx_unpoison(void *p, size_t size)
{
#ifdef CTX_ASAN
    __asan_unpoison_memory_region(p, size);
#else
    (void)p;
    (void)size;
#endif
}
