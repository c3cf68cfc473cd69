/* html_entity_table.h - see html_entity_table.c; for html_entity.c alone. */
#ifndef C6_HTML_ENTITY_TABLE_H
#define C6_HTML_ENTITY_TABLE_H

#include <stddef.h>

extern const char html_entity_table[];
extern const size_t html_entity_table_len;

#endif
