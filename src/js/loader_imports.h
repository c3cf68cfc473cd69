/* loader_imports.h - what a script imports, all the way down, found without running any of it. For
 * vu_script.c alone; inside the engine, while the script loads. */
#ifndef C6_LOADER_IMPORTS_H
#define C6_LOADER_IMPORTS_H

#include "js/js_vu.h"
#include "js/script_int.h"

/* Tells script->each_import of the script and of all that import statements name in it and in the
 * files it imports: each once. require() and import() are not looked at, modules of k6 need not
 * exist. 0, or -1 with an exception pending: a file can't be read, or is no JavaScript. */
int loader_each_import(struct js_vu *v);

#endif
