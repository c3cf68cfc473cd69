/* setup_data.h - a VU's copy of what setup() returned. */
#ifndef C6_SETUP_DATA_H
#define C6_SETUP_DATA_H

#include <quickjs.h>

#include "base/str.h"
#include "js/js_vu.h"

/* The copy, made of JSON text (NUL-terminated; "" gives undefined). Inside. JS_EXCEPTION when
 * memory is out. */
JSValue setup_data_parse(struct js_vu *v, struct str json);

#endif
