/* target.h - the command `c6 target`: a small HTTP server to test scripts and c6 itself against.
 * doc/target.md describes it. */
#ifndef C6_TARGET_H
#define C6_TARGET_H

#define TARGET_DEFAULT_LISTEN "127.0.0.1:8080"

/* The arguments after the word "target". Serves until SIGINT or SIGTERM. Returns the exit code;
 * says itself what went wrong. */
int target_main(int argc, char **argv);

/* For completion. */
struct flag_list;
void target_list_flags(struct flag_list *fills);

#endif
