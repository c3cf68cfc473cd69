/* js_class.h - the one table of class ids: constants, so that a check of a value's class is a compare and needs no look-up.
 * A module that has a class adds a row here and registers it with pod_new_class in its open. */
#ifndef C6_JS_CLASS_H
#define C6_JS_CLASS_H

enum js_class {
    CLASS_FIRST = 80, /* the engine's own are below; engine.c asserts it */
    CLASS_GO_ERROR = CLASS_FIRST, /* no objects: its prototype alone */
    CLASS_LAZY_GLOBALS,
    CLASS_ENV,
    CLASS_SETUP_ARRAY, /* no objects: a prototype of arrays, see setup_data.c */
    CLASS_METRIC,
    CLASS_HTTP_RESPONSE,
    CLASS_HTTP_COOKIE_JAR,
    CLASS_HTTP_FILE,
    CLASS_HTTP_RECORD,
    CLASS_HTTP_COOKIE,
    CLASS_HTTP_EXPECTED_STATUSES,
    CLASS_HTTP_URL,
    CLASS_EXEC_TAGS,
    CLASS_EXEC_METADATA,
    CLASS_EXEC_KEEPER,
    CLASS_HASHER,
    CLASS_CRYPTO_KEY,
    CLASS_VIRTUAL_ARRAY,
    CLASS_TEXT_DECODER,
    CLASS_FS_FILE,
    CLASS_CSV_PARSER,
    CLASS_HTML_OBJECT,
    CLASS_LAST, /* not a class */
};

#endif
