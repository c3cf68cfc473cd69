/* signals.h - SIGINT, SIGTERM (and SIGWINCH for the progress display) as readable events of the
 * main thread; SIGPIPE ignored. */
#ifndef C6_SIGNALS_H
#define C6_SIGNALS_H

/* Blocks the signals in this thread (do it before starting others) and returns a signalfd, or
 * ERR_*. */
int signals_open(void);
int signals_read(int fd);   /* the next signal number, or 0 when there is none */
void signals_close(int fd); /* and unblocks */

/* Raises the soft limit of open files to the hard one; returns the limit now in force. */
long signals_raise_file_limit(void);

#endif
