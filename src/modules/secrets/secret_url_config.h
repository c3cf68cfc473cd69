/* secret_url_config.h - the settings of a secret source of kind url. Knows no network and no engine.
 * Laid over each other, the later the stronger: defaults, environment, file, the line itself. */
#ifndef C6_SECRET_URL_CONFIG_H
#define C6_SECRET_URL_CONFIG_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

struct secret_url_header {
    char *name;
    char *value;
};

struct secret_url_config {
    char *url_template; /* "{key}" stands for the secret's name */
    char *method;
    char *response_path; /* "": the whole answer is the secret */
    VEC(struct secret_url_header) headers;
    int64_t timeout_ns;
    int64_t retry_backoff_ns;
    int64_t max_retries;
    int64_t requests_per_minute;
    int64_t requests_burst;
};

/* line: "urlTemplate=...,headers.Authorization=...,config=file.json"; may be empty. env: "NAME=value"
 * strings, NULL-terminated. Reads the config file (blocks). Errors: k6's texts. */
int secret_url_config_init(struct secret_url_config *c, struct str line, char *const *env,
                           struct err *e);
void secret_url_config_deinit(struct secret_url_config *c);

#endif
