/* mod_encoding.h - the module k6/encoding: b64encode, b64decode. For modules_table.c. */
#ifndef C6_MOD_ENCODING_H
#define C6_MOD_ENCODING_H

#include "js/js_module.h"

extern const struct js_module mod_encoding;

#endif
