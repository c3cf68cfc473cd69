/* modules_gone.c - see modules_gone.h. What a script that still imports one is told is k6's text,
 * for scripts can read it. Tests: test/js/module_gone.js */
#include "modules/modules_gone.h"

#define DOCS "https://grafana.com/docs/k6/latest/"

const struct js_gone_module modules_gone[MODULES_GONE] = {
    {"k6/experimental/browser",
     "k6/experimental/browser has been graduated, please use k6/browser instead.Please update your "
     "imports to use k6/browser instead of k6/experimental/browser, For more information, see the "
     "migration guide at the link: " DOCS "using-k6-browser/migrating-to-k6-v0-52/"},
    {"k6/experimental/grpc",
     "k6/experimental/grpc has been graduated, please use k6/net/grpc instead. See " DOCS
     "javascript-api/k6-net-grpc/ for more information."},
    {"k6/experimental/redis",
     "k6/experimental/redis has been removed. Please migrate to the new version by changing your "
     "import to 'k6/x/redis'. Read more here: " DOCS "javascript-api/k6-x-redis"},
    {"k6/experimental/timers",
     "k6/experimental/timers has been graduated, and it's now globally available as defined by "
     "standard WebAPIs. You just need to remove the import."},
    {"k6/experimental/tracing",
     "k6/experimental/tracing has been removed. All of it functionality is available as pure "
     "JavaScript module. More info available at the docs: " DOCS
     "javascript-api/jslib/http-instrumentation-tempo"},
    {"k6/experimental/webcrypto",
     "k6/experimental/webcrypto has been graduated and it's now globally available as defined by "
     "standard WebAPIs. You just need to remove the import."},
};
