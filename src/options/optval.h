/* optval.h - single values of options from JSON and from text (environment, flags), by k6's rules
 * for types. Internal to options. Each returns 0 or ERR_INVALID with the reason in e; the caller
 * adds the option's name. JSON null leaves *out unset. */
#ifndef C6_OPTVAL_H
#define C6_OPTVAL_H

#include "base/err.h"
#include "base/json.h"
#include "options/options.h"

int optval_json_bool(struct opt_bool *out, const struct json *v, struct err *e);
int optval_json_int(struct opt_int *out, const struct json *v, struct err *e);
int optval_json_ns(struct opt_ns *out, const struct json *v, struct err *e);
int optval_json_str(struct opt_str *out, const struct json *v, struct err *e);
int optval_json_strs(struct opt_strs *out, const struct json *v, struct err *e);
int optval_json_stages(struct stage **out, size_t *count, const struct json *v, bool strict,
                       struct err *e);
/* Is it a list of strings (or nulls)? */
int optval_need_strings(const struct json *v, struct err *e);
/* An object of strings; null counts as "". */
int optval_json_map(struct key_value **out, size_t *count, const struct json *v, struct err *e);

/* From the environment. "", and for the first two "null", leave *out unset. */
int optval_text_bool(struct opt_bool *out, const char *text, struct err *e); /* "true" or "false" */
int optval_text_int(struct opt_int *out, const char *text, struct err *e);
int optval_text_ns(struct opt_ns *out, const char *text, struct err *e);
int optval_text_stages(struct stage **out, size_t *count, const char *text,
                       struct err *e); /* "10s:5,1m:0" */
int optval_text_stage(struct stage *out, struct str text, struct err *e); /* "10s:5", "10s", ":5" */
int optval_text_map(struct key_value **out, size_t *count, const char *text,
                    struct err *e); /* "a:b,c:d" */

/* From a flag: "1", "t", "true"...; numbers with Go's prefixes ("0x10", "0b1", "017", "1_000"). */
int optval_flag_bool(struct opt_bool *out, const char *text, struct err *e);
int optval_flag_int(struct opt_int *out, const char *text, struct err *e);

/* Cut at each comma; blank text gives none. */
void optval_split(struct opt_strs *out, const char *text);
void optval_split_trimmed(struct opt_strs *out, const char *text); /* blanks around items dropped */
/* One line of CSV: items may stand in double quotes. */
int optval_split_csv(struct opt_strs *out, const char *text, struct err *e);

void optval_free_strs(char **v, size_t count);
void optval_free_map(struct key_value *v, size_t count);
struct key_value *optval_dup_map(const struct key_value *v, size_t count);
/* Says what a JSON value is, for "invalid type" messages. */
int optval_wrong_type(const struct json *v, const char *wanted, struct err *e);

#endif
