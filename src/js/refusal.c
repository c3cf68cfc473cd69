/* refusal.c - see refusal.h. The engine says what it refuses in its own words: a version with others
 * would refuse octal escapes again, and test/js/core_octal.js fail.
 * Tests: test/js/core_octal.js, test/js/module_require_errors.js */
#include "js/refusal.h"

#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "js/engine.h"

struct refusal {
    JSValue error, frames_value;
    const char *text, *frames; /* the engine's; NULL when there are none */
    int line, column;
};

/* "    at file:///a.js:1:42": the numbers at the end of a line. */
static bool read_place(const char *line_start, const char *end, int *line, int *column)
{
    int numbers[2] = {0, 0};
    for (int i = 1; i >= 0; i--) {
        int scale = 1;
        for (; end > line_start && ascii_is_digit(end[-1]) && scale < 100000000; scale *= 10)
            numbers[i] += (*--end - '0') * scale;
        if (end == line_start || *--end != ':')
            return false;
    }
    *line = numbers[0];
    *column = numbers[1];
    return *line > 0 && *column > 0;
}

/* Takes the pending exception. False when it has no text or no place. */
static bool refusal_take(JSContext *ctx, struct refusal *r)
{
    *r = (struct refusal){.error = JS_GetException(ctx), .frames_value = JS_UNDEFINED};
    if (!JS_IsError(r->error))
        return false;
    JSValue message = JS_GetPropertyStr(ctx, r->error, "message");
    r->frames_value = engine_error_frames(ctx, r->error);
    r->text = JS_ToCString(ctx, message);
    r->frames = JS_ToCString(ctx, r->frames_value);
    JS_FreeValue(ctx, message);
    if (r->text == NULL || r->frames == NULL)
        return false;
    const char *end = strchr(r->frames, '\n');
    if (end == NULL)
        end = r->frames + strlen(r->frames);
    return read_place(r->frames, end, &r->line, &r->column);
}

static void refusal_give_back(JSContext *ctx, struct refusal *r)
{
    JS_FreeCString(ctx, r->text);
    JS_FreeCString(ctx, r->frames);
    JS_FreeValue(ctx, r->frames_value);
    JS_Throw(ctx, r->error);
}

bool refusal_is_octal(JSContext *ctx, int *line, int *column)
{
    struct refusal r;
    bool is = refusal_take(ctx, &r) && strstr(r.text, "are not allowed in strict mode") != NULL &&
              (strncmp(r.text, "Octal escape", 12) == 0 || strncmp(r.text, "\\8", 2) == 0);
    if (is) {
        *line = r.line;
        *column = r.column;
    }
    refusal_give_back(ctx, &r);
    return is;
}

char *refusal_text(JSContext *ctx, const char *url)
{
    struct refusal r;
    char *text = NULL;
    if (refusal_take(ctx, &r))
        text = mem_printf("%s: Line %d:%d %s", url, r.line, r.column, r.text);
    refusal_give_back(ctx, &r);
    return text;
}
