/* octal_refusal.c - see octal_refusal.h. The engine says what it refuses in its own words: a
 * version with others would refuse such strings again, and test/js/core_octal.js fail. Tests:
 * test/js/core_octal.js */
#include "js/octal_refusal.h"

#include <string.h>

#include "base/str.h"
#include "js/engine.h"

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

bool octal_refusal(JSContext *ctx, int *line, int *column)
{
    JSValue error = JS_GetException(ctx);
    bool is = false;
    if (JS_IsError(error)) {
        JSValue message = JS_GetPropertyStr(ctx, error, "message");
        JSValue stack = engine_error_frames(ctx, error);
        const char *text = JS_ToCString(ctx, message), *frames = JS_ToCString(ctx, stack);
        const char *end = frames != NULL ? strchr(frames, '\n') : NULL;
        if (end == NULL && frames != NULL)
            end = frames + strlen(frames);
        is = text != NULL && end != NULL &&
             strstr(text, "are not allowed in strict mode") != NULL &&
             (strncmp(text, "Octal escape", 12) == 0 || strncmp(text, "\\8", 2) == 0) &&
             read_place(frames, end, line, column);
        JS_FreeCString(ctx, text);
        JS_FreeCString(ctx, frames);
        JS_FreeValue(ctx, message);
        JS_FreeValue(ctx, stack);
    }
    JS_Throw(ctx, error);
    return is;
}
