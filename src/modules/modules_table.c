/* modules_table.c - the one table of JS modules. Adding one: a file, a row here, a name in
 * modules.h. */
#include "modules/modules.h"

#include "modules/csv/mod_csv.h"
#include "modules/data/mod_data.h"
#include "modules/fs/mod_fs.h"
#include "modules/html/mod_html.h"
#include "modules/http/mod_http.h"
#include "modules/mod_crypto.h"
#include "modules/mod_encoding.h"
#include "modules/mod_execution.h"
#include "modules/mod_k6.h"
#include "modules/mod_metrics.h"
#include "modules/mod_text.h"
#include "modules/mod_timers.h"
#include "modules/modules_gone.h"
#include "modules/secrets/mod_secrets.h"
#include "modules/streams/mod_streams.h"
#include "modules/webcrypto/mod_webcrypto.h"
#include "modules/x509/mod_x509.h"

static const struct js_module *const items[MODULE_COUNT] = {
    [MODULE_K6] = &mod_k6,
    [MODULE_METRICS] = &mod_metrics,
    [MODULE_HTTP] = &mod_http,
    [MODULE_TIMERS] = &mod_timers,
    [MODULE_EXECUTION] = &mod_execution,
    [MODULE_CRYPTO] = &mod_crypto,
    [MODULE_ENCODING] = &mod_encoding,
    [MODULE_DATA] = &mod_data,
    [MODULE_WEBCRYPTO] = &mod_webcrypto,
    [MODULE_TEXT_ENCODER] = &mod_text_encoder,
    [MODULE_TEXT_DECODER] = &mod_text_decoder,
    [MODULE_FS] = &mod_fs,
    [MODULE_CSV] = &mod_csv,
    [MODULE_SECRETS] = &mod_secrets,
    [MODULE_STREAMS] = &mod_streams,
    [MODULE_X509] = &mod_x509,
    [MODULE_HTML] = &mod_html,
};

const struct js_module_table modules_table = {items, MODULE_COUNT, modules_gone, MODULES_GONE};
