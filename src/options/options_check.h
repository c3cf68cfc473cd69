/* options_check.h - options whose value has a shape of its own (dns, hosts, address lists, TLS,
 * thresholds): they stay JSON, judged and normalised here, so that their users (net, metrics) may
 * rely on the shape. Internal to options. */
#ifndef C6_OPTIONS_CHECK_H
#define C6_OPTIONS_CHECK_H

#include "base/err.h"
#include "base/json.h"

int check_dns(struct json **v, struct err *e); /* {ttl, select, policy}: strings or null */
int check_hosts(struct json **v,
                struct err *e); /* {"host[:port] or *.wild": "ip[:port]"}, keys lower case */
int check_ip_ranges(struct json **v, struct err *e);     /* ["10.0.0.0/8", ...] as networks */
int check_hostnames(struct json **v, struct err *e);     /* ["*.example.com", ...] */
int check_tls_auth(struct json **v, struct err *e);      /* [{cert, key, password, domains}] */
int check_tls_version(struct json **v, struct err *e);   /* {min, max} or one */
int check_cipher_suites(struct json **v, struct err *e); /* names */
/* {metric: [expr or {threshold, abortOnFail, delayAbortEval}]} */
int check_thresholds(struct json **v, struct err *e);
int check_object(struct json **v, struct err *e);

int dns_from_text(struct json **v, const char *text,
                  struct err *e); /* "ttl=5m,select=first,policy=any" */
int list_from_text(struct json **v, const char *text, struct err *e); /* "a,b,c" */
int suites_from_text(struct json **v, const char *text,
                     struct err *e); /* numbers, as in k6, or names */
/* "metric:...,metric:...": the metrics alone, as in k6; or the whole as JSON. */
int thresholds_from_text(struct json **v, const char *text, struct err *e);
/* A time, "inf" or nothing. */
bool dns_ttl_is_valid(struct str ttl);

int check_time_unit(const char *text, struct err *e);
/* Into lowest terms. */
int check_segment(char **text, struct err *e);
int check_segment_sequence(char **text, struct err *e);

#endif
