/* script_template.c - see script_template.h. Tests: script_template_test.c, test/cli/new.sh */
#include "cli/script_template.h"

#include <string.h>

#define CLOUD                                                                                      \
    "{{ if .ProjectID }}\n  cloud: {\n    projectID: {{ .ProjectID }},\n    name: '{{ "            \
    ".ScriptName "                                                                                 \
    "}}',\n  },{{ end }}"

static const char minimal[] =
    "import http from 'k6/http';\n"
    "import { check, sleep } from 'k6';\n"
    "\n"
    "// What to test: c6 run -e BASE_URL=https://test.example {{ .ScriptName }}\n"
    "const base = __ENV.BASE_URL || 'http://127.0.0.1:8080';\n"
    "\n"
    "export const options = {\n"
    "  vus: 10,\n"
    "  duration: '30s'," CLOUD "\n"
    "};\n"
    "\n"
    "export default function () {\n"
    "  const res = http.get(`${base}/`);\n"
    "  check(res, { 'status is 200': (r) => r.status === 200 });\n"
    "  sleep(1);\n"
    "}\n";

static const char protocol[] =
    "import http from 'k6/http';\n"
    "import exec from 'k6/execution';\n"
    "import { check, group, sleep } from 'k6';\n"
    "import { Trend } from 'k6/metrics';\n"
    "\n"
    "// What to test: c6 run -e BASE_URL=https://test.example {{ .ScriptName }}\n"
    "const base = __ENV.BASE_URL || 'http://127.0.0.1:8080';\n"
    "\n"
    "const answerSize = new Trend('answer_size');\n"
    "\n"
    "export const options = {\n"
    "  stages: [\n"
    "    { duration: '10s', target: 5 },\n"
    "    { duration: '20s', target: 10 },\n"
    "    { duration: '1s', target: 0 },\n"
    "  ],\n"
    "  // The run fails (exit code 99) when one of these does not hold.\n"
    "  thresholds: {\n"
    "    http_req_failed: ['rate<0.01'],\n"
    "    http_req_duration: ['p(95)<500', 'p(99)<1000'],\n"
    "  }," CLOUD "\n"
    "};\n"
    "\n"
    "// Once, before the first VU begins. What it returns is given to every iteration.\n"
    "export function setup() {\n"
    "  const res = http.get(`${base}/`);\n"
    "  if (res.status !== 200) {\n"
    "    exec.test.abort(`${base} answers with status ${res.status}: ${res.error}`);\n"
    "  }\n"
    "  return { startedAt: new Date().toISOString() };\n"
    "}\n"
    "\n"
    "export default function (data) {\n"
    "  group('read', () => {\n"
    "    const res = http.get(`${base}/`, { tags: { name: 'front page' } });\n"
    "    check(res, { 'read: status is 200': (r) => r.status === 200 });\n"
    "    answerSize.add((res.body || '').length);\n"
    "  });\n"
    "\n"
    "  group('write', () => {\n"
    "    const order = { item: 'cheese', count: 2, since: data.startedAt };\n"
    "    const res = http.post(`${base}/echo`, JSON.stringify(order), {\n"
    "      headers: { 'Content-Type': 'application/json' },\n"
    "    });\n"
    "    check(res, {\n"
    "      'write: status is 200': (r) => r.status === 200,\n"
    "      'write: answer is JSON': (r) => String(r.headers['Content-Type']).includes('json'),\n"
    "    });\n"
    "  });\n"
    "\n"
    "  sleep(1);\n"
    "}\n"
    "\n"
    "// Once, after the last VU has ended.\n"
    "export function teardown(data) {\n"
    "  console.log(`the test began at ${data.startedAt}`);\n"
    "}\n";

static const char browser[] =
    "import { browser } from 'k6/browser';\n"
    "import { check, fail } from 'k6';\n"
    "\n"
    "// What to test: c6 run -e BASE_URL=https://test.example {{ .ScriptName }}\n"
    "const base = __ENV.BASE_URL || 'http://127.0.0.1:8080';\n"
    "\n"
    "export const options = {\n"
    "  scenarios: {\n"
    "    ui: {\n"
    "      executor: 'shared-iterations',\n"
    "      vus: 1,\n"
    "      iterations: 1,\n"
    "      options: { browser: { type: 'chromium' } },\n"
    "    },\n"
    "  }," CLOUD "\n"
    "};\n"
    "\n"
    "export default async function () {\n"
    "  const page = await browser.newPage();\n"
    "  try {\n"
    "    const res = await page.goto(`${base}/`);\n"
    "    check(res, { 'page loads': (r) => r.status() === 200 });\n"
    "\n"
    "    const text = await page.locator('body').textContent();\n"
    "    check(text, { 'page has text': (t) => t.trim().length > 0 });\n"
    "\n"
    "    await page.screenshot({ path: 'screenshot.png' });\n"
    "  } catch (e) {\n"
    "    fail(`the page could not be used: ${e.message}`);\n"
    "  } finally {\n"
    "    await page.close();\n"
    "  }\n"
    "}\n";

const char *script_template_builtin(const char *name)
{
    static const struct {
        const char *name, *text;
    } all[] = {{"minimal", minimal}, {"protocol", protocol}, {"browser", browser}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].name, name) == 0)
            return all[i].text;
    return NULL;
}

/* ---- rendering */

enum { NESTING_MAX = 32 };

struct renderer {
    struct buf *out;
    struct str rest;
    const struct script_template_values *values;
    int line;
    bool is_shown[NESTING_MAX]; /* by depth; shown as a whole only if all outer ones are */
    bool has_else[NESTING_MAX];
    int depth;
    struct err *e;
};

static bool is_visible(const struct renderer *r)
{
    for (int i = 0; i < r->depth; i++)
        if (!r->is_shown[i])
            return false;
    return true;
}

static void put_text(struct renderer *r, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] == '\n')
            r->line++;
    if (is_visible(r))
        buf_add_str(r->out, text);
}

static const char *value_of(const struct renderer *r, struct str name)
{
    if (str_eqs(name, ".ScriptName"))
        return r->values->script_name;
    if (str_eqs(name, ".ProjectID"))
        return r->values->project_id;
    return NULL;
}

static int refuse(struct renderer *r, struct str action, const char *why)
{
    return err_set(r->e, ERR_INVALID, "line %d: {{ %.*s }}: %s", r->line, (int)action.len, action.p,
                   why);
}

static int open_block(struct renderer *r, struct str action, struct str condition)
{
    const char *value = value_of(r, condition);
    if (value == NULL)
        return refuse(r, action, "the known values are .ScriptName and .ProjectID");
    if (r->depth == NESTING_MAX)
        return refuse(r, action, "too deep");
    r->is_shown[r->depth] = *value != '\0';
    r->has_else[r->depth] = false;
    r->depth++;
    return 0;
}

static int do_action(struct renderer *r, struct str action)
{
    if (str_starts(action, "/*") && str_ends(action, "*/"))
        return 0;
    if (str_starts(action, "if ") || str_starts(action, "if\t"))
        return open_block(r, action, str_trim((struct str){action.p + 3, action.len - 3}));
    if (str_eqs(action, "else") || str_eqs(action, "end")) {
        if (r->depth == 0 || (str_eqs(action, "else") && r->has_else[r->depth - 1]))
            return refuse(r, action, "there is no open {{ if }}");
        if (str_eqs(action, "end"))
            r->depth--;
        else
            r->is_shown[r->depth - 1] = !r->is_shown[r->depth - 1];
        if (str_eqs(action, "else"))
            r->has_else[r->depth - 1] = true;
        return 0;
    }
    const char *value = value_of(r, action);
    if (value == NULL)
        return refuse(r, action,
                      "not known here; there are .ScriptName, .ProjectID, if, else, end");
    if (is_visible(r))
        buf_adds(r->out, value);
    return 0;
}

static struct str trim_end(struct str s)
{
    while (s.len > 0 && ascii_is_space(s.p[s.len - 1]))
        s.len--;
    return s;
}

/* The text up to the next action and that action. 0 at the end. */
static int step(struct renderer *r)
{
    ptrdiff_t at = str_finds(r->rest, "{{");
    if (at < 0) {
        put_text(r, r->rest);
        return 0;
    }
    struct str text = {r->rest.p, (size_t)at};
    struct str inside = {r->rest.p + at + 2, r->rest.len - (size_t)at - 2};
    ptrdiff_t end = str_finds(inside, "}}");
    if (end < 0) {
        put_text(r, text);
        return err_set(r->e, ERR_INVALID, "line %d: {{ without }}", r->line);
    }
    r->rest = (struct str){inside.p + end + 2, inside.len - (size_t)end - 2};
    struct str action = {inside.p, (size_t)end};
    bool trims_before = action.len > 1 && action.p[0] == '-' && ascii_is_space(action.p[1]);
    bool trims_after = action.len > 1 && action.p[action.len - 1] == '-' &&
                       ascii_is_space(action.p[action.len - 2]);
    if (trims_before)
        action = (struct str){action.p + 1, action.len - 1};
    if (trims_after && action.len > 0)
        action.len--;
    put_text(r, trims_before ? trim_end(text) : text);
    while (trims_after && r->rest.len > 0 && ascii_is_space(r->rest.p[0])) {
        if (r->rest.p[0] == '\n')
            r->line++;
        r->rest = (struct str){r->rest.p + 1, r->rest.len - 1};
    }
    int rc = do_action(r, str_trim(action));
    return rc < 0 ? rc : 1;
}

int script_template_put(struct buf *out, struct str text, const struct script_template_values *v,
                        struct err *e)
{
    struct renderer r = {.out = out, .rest = text, .values = v, .line = 1, .e = e};
    int rc;
    while ((rc = step(&r)) > 0)
        ;
    if (rc == 0 && r.depth > 0)
        rc = err_set(e, ERR_INVALID, "line %d: {{ if }} without {{ end }}", r.line);
    return rc;
}
