/* mod_streams.h - the JS module k6/experimental/streams. */
#ifndef C6_MOD_STREAMS_H
#define C6_MOD_STREAMS_H

#include "js/js_module.h"

extern const struct js_module mod_streams;

#endif
