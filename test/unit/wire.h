/* wire.h - bytes in and out of a server on a loopback port, from a test's own thread, blocking. For
 * tests of servers. */
#ifndef C6_WIRE_H
#define C6_WIRE_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "test.h"

/* A connected socket; reads give up after 10 s, so that a hanging server fails the test. */
static inline int wire_open(uint16_t port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in addr = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval limit = {.tv_sec = 10};
    int on = 1;
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    assert_int_equal(connect(fd, (struct sockaddr *)&addr, sizeof addr), 0);
    return fd;
}

static inline void wire_send_bytes(int fd, const char *p, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, p, len, MSG_NOSIGNAL);
        assert_true(n > 0);
        p += n;
        len -= (size_t)n;
    }
}

static inline void wire_send(int fd, const char *text)
{
    wire_send_bytes(fd, text, strlen(text));
}

enum { WIRE_MAX = 1 << 20 };

/* All until the server closes, as a fresh string; *reset (may be NULL) says whether it ended by
 * RST. */
static inline char *wire_read_all(int fd, size_t *len_out, int *reset)
{
    char *data = calloc(1, WIRE_MAX + 1);
    size_t len = 0;
    ssize_t n = 0;
    while (len < WIRE_MAX && (n = recv(fd, data + len, WIRE_MAX - len, 0)) > 0)
        len += (size_t)n;
    data[len] = '\0';
    if (len_out != NULL)
        *len_out = len;
    if (reset != NULL)
        *reset = n < 0 && errno == ECONNRESET;
    else
        assert_true(n >= 0);
    return data;
}

/* One answer with a Content-Length (or none and no body), read byte-exactly so that the connection
 * can be used on. */
static inline char *wire_read_answer(int fd)
{
    char *data = calloc(1, WIRE_MAX + 1);
    size_t len = 0;
    size_t want = 0;
    while (len < WIRE_MAX) {
        ssize_t n = recv(fd, data + len, 1, 0);
        assert_int_equal(n, 1);
        len++;
        data[len] = '\0';
        if (want == 0 && len >= 4 && memcmp(data + len - 4, "\r\n\r\n", 4) == 0) {
            const char *length = strcasestr(data, "\r\nContent-Length:");
            want = len + (length == NULL ? 0 : strtoul(length + 17, NULL, 10));
        }
        if (want > 0 && len == want)
            break;
    }
    return data;
}

/* A connection for one exchange. */
static inline char *wire_exchange(uint16_t port, const char *request)
{
    int fd = wire_open(port);
    wire_send(fd, request);
    shutdown(fd, SHUT_WR);
    char *answer = wire_read_all(fd, NULL, NULL);
    close(fd);
    return answer;
}

static inline const char *wire_body(const char *answer)
{
    const char *end = strstr(answer, "\r\n\r\n");
    assert_non_null(end);
    return end + 4;
}

#endif
