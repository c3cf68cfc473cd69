/* html_data_name.h - names of data attributes: "data-user-id" is read as data().userID and
 * data("userId"), by the rules of a library that k6 uses and that knows some initialisms. */
#ifndef C6_HTML_DATA_NAME_H
#define C6_HTML_DATA_NAME_H

#include "base/buf.h"

/* "user-id" (without "data-") -> "userID" */
void html_data_name_put_property(struct buf *out, struct str attr);
/* "userId" -> "user-id" */
void html_data_name_put_attr(struct buf *out, struct str property);

#endif
