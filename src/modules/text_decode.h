/* text_decode.h - bytes to text as the Encoding Standard says: UTF-8 and both UTF-16s, in pieces,
 * with or without U+FFFD for what is wrong. As in k6, a byte order mark decides which UTF-16 it is. Pure: no engine. One decoder per stream, on its own
 * thread. */
#ifndef C6_TEXT_DECODE_H
#define C6_TEXT_DECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

enum text_encoding { TEXT_UTF8, TEXT_UTF16LE, TEXT_UTF16BE };

/* The encoding of a label ("UTF8", " utf-16 "); false: none that is known. */
bool text_encoding_of(struct str label, enum text_encoding *out);
const char *text_encoding_name(enum text_encoding encoding);

struct text_decoder {
    enum text_encoding encoding;
    bool is_fatal;  /* an error ends the decoding instead of giving U+FFFD */
    bool keeps_bom; /* a byte order mark is text like any other */
    /* private: what stands between two pieces */
    bool is_past_bom;
    bool is_flipped; /* a byte order mark said that it is the other UTF-16 */
    uint8_t held[4];
    int held_len;
};

/* Appends the text of one piece as UTF-8. With more to come, what ends in the middle of a character
 * is kept for the next piece; else the decoder is as new afterwards. 0; ERR_INVALID with is_fatal
 * (the decoder is as new, out has what came before); errors of out. */
int text_decode(struct text_decoder *d, struct buf *out, struct str bytes, bool has_more);

#endif
