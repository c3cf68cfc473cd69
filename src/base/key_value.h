/* key_value.h - a pair of texts, as tags, environment variables and headers are configured. */
#ifndef C6_KEY_VALUE_H
#define C6_KEY_VALUE_H

struct key_value {
    char *key;
    char *value;
};

#endif
