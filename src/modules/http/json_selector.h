/* json_selector.h - the path language of response.json(path): "a.b.0", "list.#",
 * "list.#(age>45)#.name", "n*me", "{a,b}", "@reverse". It is the language of gjson, which k6 uses,
 * as its SYNTAX document describes it. Works on bytes; knows no JavaScript. Tests:
 * json_selector_test.c, fuzz/json_selector_fuzz.c */
#ifndef C6_JSON_SELECTOR_H
#define C6_JSON_SELECTOR_H

#include <stdbool.h>

#include "base/mem.h"
#include "base/str.h"

/* Selects from valid JSON. True with the selected value as JSON text: a piece of json, or made in
 * the arena. False: there is none (also when the path makes more than it may: see the .c for the
 * caps). */
bool json_select(struct str json, struct str path, struct arena *a, struct str *value);

#endif
