/* ctx.h - machine contexts: the one place where the processor changes stacks. Knows no
 * scheduling. Used by fiber.c and worker.c only. Boost.Context's assembly does the jump; the
 * sanitizers are told of each one here. */
#ifndef C6_CTX_H
#define C6_CTX_H

#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#define CTX_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CTX_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define CTX_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CTX_TSAN 1
#endif
#endif

struct ctx {
    void *jump; /* private: what Boost.Context continues from */
    void (*entry)(struct ctx *self);
#ifdef CTX_ASAN
    void *fake_stack;
    const void *bottom;
    size_t size;
#endif
#ifdef CTX_TSAN
    void *tsan_fiber;
#endif
};

/* The context of the calling thread, so that others can switch back to it. */
void ctx_init_thread(struct ctx *c);
/* A new context on the stack [low, top), top a multiple of 16: the first switch to it calls
 * entry(c), which never returns but ends with ctx_leave. */
void ctx_init(struct ctx *c, void *low, void *top, void (*entry)(struct ctx *self));
/* Only from another context, after ctx_leave. */
void ctx_deinit(struct ctx *c);

/* Where a context that was switched away from goes on: the low end of what its stack holds. */
static inline const char *ctx_frame(const struct ctx *c)
{
    return c->jump;
}

void ctx_switch(struct ctx *from, struct ctx *to);
/* The last switch of a context. */
void ctx_leave(struct ctx *from, struct ctx *to) __attribute__((noreturn));

/* For memory that is handed from one life as a stack to the next: tells AddressSanitizer what
 * may be touched. */
void ctx_poison(void *p, size_t size);
void ctx_unpoison(void *p, size_t size);

#endif
