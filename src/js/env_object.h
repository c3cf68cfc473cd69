/* env_object.h - what __ENV is: an object whose properties are texts. For globals.c alone; inside
 * the engine, on the VU's fiber. */
#ifndef C6_ENV_OBJECT_H
#define C6_ENV_OBJECT_H

#include <quickjs.h>

/* An object with the properties of takes_values, a plain object of strings. What is assigned to it
 * becomes a string, as in k6: null and undefined an empty one. JS_EXCEPTION when out of memory or
 * when takes_values is that. */
JSValue env_object_new(JSContext *ctx, JSValue takes_values);

#endif
