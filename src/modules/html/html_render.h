/* html_render.h - nodes as text again. */
#ifndef C6_HTML_RENDER_H
#define C6_HTML_RENDER_H

#include "base/buf.h"
#include "modules/html/html_doc.h"

/* The node as HTML, as Go's x/net/html writes it. False: it can't be written (an element that is
 * written without an end tag has children, which only foreign ones can); out has a part of it. */
bool html_render(struct buf *out, const struct html_node *n);
/* The same of all its children. */
bool html_render_children(struct buf *out, const struct html_node *n);
/* All text in the node. */
void html_render_text(struct buf *out, const struct html_node *n);

#endif
