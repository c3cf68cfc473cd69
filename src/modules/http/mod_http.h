/* mod_http.h - the module k6/http. For modules_table.c and what makes requests through it. */
#ifndef C6_MOD_HTTP_H
#define C6_MOD_HTTP_H

#include "js/js_module.h"

extern const struct js_module mod_http;

#endif
