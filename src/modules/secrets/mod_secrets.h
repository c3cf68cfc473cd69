/* mod_secrets.h - the module k6/secrets. For modules_table.c. */
#ifndef C6_MOD_SECRETS_H
#define C6_MOD_SECRETS_H

#include "js/js_module.h"

extern const struct js_module mod_secrets;

#endif
