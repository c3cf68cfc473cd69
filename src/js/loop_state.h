/* loop_state.h - the fields of a VU's event loop, embedded in struct js_vu; only jsloop.c touches
 * them. */
#ifndef C6_LOOP_STATE_H
#define C6_LOOP_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <quickjs.h>

#include "base/list.h"

struct loop_timer;
struct loop_rejection;

struct loop_state {
    struct list_node pending;  /* struct jsloop_op: begun, nothing to tell yet */
    struct list_node ready;    /* struct jsloop_op: done, or with an event */
    struct loop_timer *timers; /* by due time; of equal ones the older first */
    int64_t last_timer_id;
    int64_t running_timer_id; /* 0: none, or it was cleared meanwhile */
    struct loop_rejection *rejections; /* rejected promises that nothing handles, oldest first */
    bool is_parked; /* the VU's fiber waits in the loop, so that a wake is for the loop */
    bool was_cut_waiting; /* the last run was stopped while it waited, not while script ran */
};

#endif
