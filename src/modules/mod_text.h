/* mod_text.h - the globals TextEncoder and TextDecoder. For modules_table.c. */
#ifndef C6_MOD_TEXT_H
#define C6_MOD_TEXT_H

#include "js/js_module.h"

extern const struct js_module mod_text_encoder;
extern const struct js_module mod_text_decoder;

#endif
