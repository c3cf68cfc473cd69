/* mod_fs.h - the module k6/experimental/fs. For modules_table.c, and for modules that read its
 * files. */
#ifndef C6_MOD_FS_H
#define C6_MOD_FS_H

#include <quickjs.h>

#include "js/js_module.h"
#include "modules/fs/fs_file.h"

extern const struct js_module mod_fs;

/* The file of a script's File, lent; NULL: v is none. */
struct fs_file *mod_fs_file(JSValueConst v);

#endif
