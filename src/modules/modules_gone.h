/* modules_gone.h - the modules that k6 once had, for the table of modules. */
#ifndef C6_MODULES_GONE_H
#define C6_MODULES_GONE_H

#include "js/js_module.h"

enum { MODULES_GONE = 6 };
extern const struct js_gone_module modules_gone[MODULES_GONE];

#endif
