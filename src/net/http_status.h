/* http_status.h - the words of a status, as Go has them: what k6 shows where the protocol carries
 * none. Any thread. */
#ifndef C6_HTTP_STATUS_H
#define C6_HTTP_STATUS_H

/* "OK", "Request Entity Too Large"; "" for a number without words. Static. */
const char *http_status_words(int status);

#endif
