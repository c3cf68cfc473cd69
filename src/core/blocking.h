/* blocking.h - calls that block (files, a slow disk) without holding up the worker: a helper
 * thread makes them while the fiber is parked. */
#ifndef C6_BLOCKING_H
#define C6_BLOCKING_H

struct worker;

/* Runs fn(arg) on a helper thread of w and parks the current fiber until it has returned. Cannot
 * be canceled or time out, since arg usually lies on the fiber's stack. fn must not touch the
 * worker, its fibers or the engine. A worker has a handful of helpers, made when needed; further
 * calls wait their turn. */
void blocking_call(struct worker *w, void (*fn)(void *arg), void *arg);

#endif
