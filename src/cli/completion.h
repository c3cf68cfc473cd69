/* completion.h - completion scripts for shells, made from the table of commands and their flags, so
 * that they never lag behind. */
#ifndef C6_COMPLETION_H
#define C6_COMPLETION_H

#include "base/buf.h"
#include "cli/commands.h"

/* The shells there are, ended by NULL. */
extern const char *const completion_shells[];

/* list: as `commands`. False when there is no such shell. */
bool completion_put(struct buf *out, const char *shell, const struct command *list);

#endif
