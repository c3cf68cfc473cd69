/* modules_gone.c - see modules_gone.h. A script that still imports one is told what took its place.
 * Source: k6's release notes. Tests: test/js/module_gone.js */
#include "modules/modules_gone.h"

const struct js_gone_module modules_gone[MODULES_GONE] = {
    {"k6/experimental/browser",
     "there is no k6/experimental/browser any more: import k6/browser, whose methods are async"},
    {"k6/experimental/grpc",
     "there is no k6/experimental/grpc any more: import k6/net/grpc, which has all of it"},
    {"k6/experimental/redis", "there is no k6/experimental/redis any more: import k6/x/redis"},
    {"k6/experimental/timers",
     "there is no k6/experimental/timers any more: setTimeout and its kin are global, so drop the "
     "import"},
    {"k6/experimental/tracing",
     "there is no k6/experimental/tracing any more: the library http-instrumentation-tempo of k6's "
     "jslib does the same"},
    {"k6/experimental/webcrypto",
     "there is no k6/experimental/webcrypto any more: crypto is global, so drop the import"},
};
