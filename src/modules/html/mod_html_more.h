/* mod_html_more.h - what some kinds of Elements have that is more than an attribute; for
 * mod_html_kinds.c alone. */
#ifndef C6_MOD_HTML_MORE_H
#define C6_MOD_HTML_MORE_H

#include "modules/html/mod_html_int.h"

/* of several kinds */
html_method mod_html_owner_form, mod_html_labels, mod_html_all_text, mod_html_value_or_inner;
/* links (mod_html_href.c) */
html_method mod_html_href_hash, mod_html_href_host, mod_html_href_hostname, mod_html_href_origin,
    mod_html_href_password, mod_html_href_pathname, mod_html_href_port, mod_html_href_protocol,
    mod_html_href_search, mod_html_href_username;
/* forms */
html_method mod_html_form_field_form_action, mod_html_form_field_form_enctype,
    mod_html_form_field_form_method, mod_html_form_field_form_no_validate,
    mod_html_form_field_form_target, mod_html_input_list, mod_html_label_control,
    mod_html_option_disabled, mod_html_option_form, mod_html_option_index, mod_html_option_label,
    mod_html_progress_max, mod_html_progress_position, mod_html_progress_value,
    mod_html_select_selected_index, mod_html_select_size, mod_html_select_type,
    mod_html_select_value, mod_html_text_area_length;
/* the rest */
html_method mod_html_map_images, mod_html_style_type, mod_html_table_caption,
    mod_html_table_cell_cell_index, mod_html_table_col_span, mod_html_table_row_row_index,
    mod_html_table_row_section_row_index, mod_html_table_tfoot, mod_html_table_thead;

#endif
