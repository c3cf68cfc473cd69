/* mod_x509.h - the JS module k6/crypto/x509. */
#ifndef C6_MOD_X509_H
#define C6_MOD_X509_H

#include "js/js_module.h"

extern const struct js_module mod_x509;

#endif
