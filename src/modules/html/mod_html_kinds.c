/* mod_html_kinds.c - the kinds of Elements: what each has beside what all have. Nearly all of it
 * reads an attribute, and takes one row here: the name, the attribute, and what else may come.
 * Rows are sorted in the order of HTML_NAMES. Kinds that others build on (HrefElement...) show as
 * fields of these, since k6 lets them through.
 * Source: k6 docs, "k6/html", the pages of the elements. Tests: test/js/html_elements.js,
 * mod_html_kinds_test.c */
#include "modules/html/mod_html_int.h"

#include "modules/html/mod_html_more.h"

#define METHOD(name, fn)            {NAME_##name, MEMBER_METHOD, 0, {.method = fn}, NULL}
#define FIELD(name, fn)             {NAME_##name, MEMBER_FIELD, 0, {.method = fn}, NULL}
#define STRING(name, a)             {NAME_##name, MEMBER_STRING, 0, {.attr = a}, NULL}
#define URL(name, a)                {NAME_##name, MEMBER_URL, 0, {.attr = a}, NULL}
#define URL_OR_PAGE(name, a)        {NAME_##name, MEMBER_URL, 1, {.attr = a}, NULL}
#define BOOL(name, a)               {NAME_##name, MEMBER_BOOL, 0, {.attr = a}, NULL}
#define INT(name, a, otherwise)     {NAME_##name, MEMBER_INT, otherwise, {.attr = a}, NULL}
#define ENUM(name, a, options)      {NAME_##name, MEMBER_ENUM, 0, {.attr = a}, options}
#define ENUM_ONLY(name, a, options) {NAME_##name, MEMBER_ENUM_ONLY, 0, {.attr = a}, options}
#define CONST(name, text)           {NAME_##name, MEMBER_CONST, 0, {.attr = text}, NULL}
#define WORDS(name, a)              {NAME_##name, MEMBER_WORDS, 0, {.attr = a}, NULL}
#define LIST(name, selector)        {NAME_##name, MEMBER_LIST, 0, {.attr = selector}, NULL}
#define COUNT(name, selector)       {NAME_##name, MEMBER_COUNT, 0, {.attr = selector}, NULL}

/* The same Element as another kind: all that it has from that one. */
static JSValue get_as(JSContext *ctx, struct html_object *o, const struct html_kind *kind)
{
    return mod_html_object_new(ctx, o->st, kind, html_set_ref(o->set), o->url);
}

#define GET_AS(kind)                                                                               \
    static const struct html_kind kind##_kind;                                                     \
    static JSValue get_##kind##_element(JSContext *ctx, struct html_object *o, int argc,           \
                                        JSValueConst *argv)                                        \
    {                                                                                              \
        return get_as(ctx, o, &kind##_kind);                                                       \
    }
GET_AS(href)
GET_AS(media)
GET_AS(form_field)
GET_AS(mod)
GET_AS(table_section)
GET_AS(table_cell)
#undef GET_AS

static JSValue get_element(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return get_as(ctx, o, &mod_html_element_kind);
}

/* The first option is what anything else counts as. */
static const char *const options_autocap[] = {
    "sentences", "none", "off", "characters", "words", NULL,
};
static const char *const options_autocomplete[] = {"on", "off", NULL};
static const char *const options_btntype[] = {"submit", "button", "menu", "reset", NULL};
static const char *const options_crossorigin[] = {"anonymous", "use-credentials", NULL};
static const char *const options_enctype[] = {
    "application/x-www-form-urlencoded", "multipart/form-data", "text/plain", NULL,
};
static const char *const options_httpequiv[] = {"content-type", "default-style", "refresh", NULL};
static const char *const options_inputtype[] = {
    "text", "button", "checkbox", "color", "date", "datetime-local", "email", "file", "hidden",
    "image", "month", "number", "password", "radio", "range", "reset", "search", "submit", "tel",
    "time", "url", "week", NULL,
};
static const char *const options_keytype[] = {"RSA", "DSA", "EC", NULL};
static const char *const options_kind[] = {
    "subtitle", "captions", "descriptions", "chapters", "metadata", NULL,
};
static const char *const options_litype[] = {
    "", "1", "a", "A", "i", "I", "disc", "square", "circle", NULL,
};
static const char *const options_method[] = {"get", "post", NULL};
static const char *const options_olisttype[] = {"1", "a", "A", "i", "I", NULL};
static const char *const options_preload[] = {"auto", "metadata", "none", NULL};
static const char *const options_referrer[] = {
    "", "no-referrer", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin",
    "unsafe-url", NULL,
};
static const char *const options_scope[] = {"", "row", "col", "colgroup", "rowgroup", NULL};
static const char *const options_wrap[] = {"soft", "hard", "off", NULL};

static const struct html_member href_members[] = {
    FIELD(element, get_element),
    STRING(accessKey, "accesskey"),
    STRING(download, "download"),
    METHOD(hash, mod_html_href_hash),
    METHOD(host, mod_html_href_host),
    METHOD(hostname, mod_html_href_hostname),
    URL(href, "href"),
    STRING(hrefLang, "hreflang"),
    METHOD(origin, mod_html_href_origin),
    METHOD(password, mod_html_href_password),
    METHOD(pathname, mod_html_href_pathname),
    METHOD(port, mod_html_href_port),
    METHOD(protocol, mod_html_href_protocol),
    ENUM(referrerPolicy, "referrerpolicy", options_referrer),
    STRING(rel, "rel"),
    WORDS(relList, "rel"),
    METHOD(search, mod_html_href_search),
    STRING(target, "target"),
    METHOD(text, mod_html_all_text),
    URL(toString, "href"),
    STRING(type, "type"),
    METHOD(username, mod_html_href_username),
};
static const struct html_member media_members[] = {
    FIELD(element, get_element),
    BOOL(autoplay, "autoplay"),
    BOOL(controls, "controls"),
    ENUM_ONLY(crossOrigin, "crossorigin", options_crossorigin),
    STRING(currentSrc, "src"),
    BOOL(defaultMuted, "muted"),
    BOOL(loop, "loop"),
    STRING(mediaGroup, "mediagroup"),
    BOOL(muted, "muted"),
    ENUM(preload, "preload", options_preload),
    URL(src, "src"),
    LIST(textTracks, "track"),
};
static const struct html_member form_field_members[] = {
    FIELD(element, get_element),
    METHOD(form, mod_html_owner_form),
    METHOD(formAction, mod_html_form_field_form_action),
    METHOD(formEnctype, mod_html_form_field_form_enctype),
    METHOD(formMethod, mod_html_form_field_form_method),
    METHOD(formNoValidate, mod_html_form_field_form_no_validate),
    METHOD(formTarget, mod_html_form_field_form_target),
    METHOD(labels, mod_html_labels),
    STRING(name, "name"),
};
static const struct html_member mod_members[] = {
    FIELD(element, get_element),
    STRING(cite, "cite"),
    STRING(datetime, "datetime"),
};
static const struct html_member table_section_members[] = {
    FIELD(element, get_element),
    LIST(rows, "tr"),
};
static const struct html_member table_cell_members[] = {
    FIELD(element, get_element),
    METHOD(cellIndex, mod_html_table_cell_cell_index),
    INT(colSpan, "colspan", 1),
    STRING(headers, "headers"),
    INT(rowSpan, "rowspan", 1),
};
static const struct html_member anchor_members[] = {
    FIELD(href_element, get_href_element),
    FIELD(element, get_element),
};
static const struct html_member area_members[] = {
    FIELD(href_element, get_href_element),
    FIELD(element, get_element),
};
static const struct html_member audio_members[] = {
    FIELD(media_element, get_media_element),
    FIELD(element, get_element),
};
static const struct html_member base_members[] = {
    FIELD(element, get_element),
    URL_OR_PAGE(href, "href"),
    STRING(target, "target"),
};
static const struct html_member button_members[] = {
    FIELD(form_field_element, get_form_field_element),
    FIELD(element, get_element),
    STRING(accessKey, "accesskey"),
    BOOL(autofocus, "autofocus"),
    BOOL(disabled, "disabled"),
    INT(tabIndex, "tabindex", 0),
    ENUM(type, "type", options_btntype),
    METHOD(value, mod_html_value_or_inner),
};
static const struct html_member canvas_members[] = {
    FIELD(element, get_element),
    INT(height, "height", 150),
    INT(width, "width", 150),
};
static const struct html_member data_members[] = {
    FIELD(element, get_element),
    STRING(value, "value"),
};
static const struct html_member data_list_members[] = {
    FIELD(element, get_element),
    LIST(options, "option"),
};
static const struct html_member del_members[] = {
    FIELD(mod_element, get_mod_element),
    FIELD(element, get_element),
};
static const struct html_member ins_members[] = {
    FIELD(mod_element, get_mod_element),
    FIELD(element, get_element),
};
static const struct html_member embed_members[] = {
    FIELD(element, get_element),
    STRING(height, "height"),
    STRING(src, "src"),
    STRING(type, "type"),
    STRING(width, "width"),
};
static const struct html_member field_set_members[] = {
    FIELD(element, get_element),
    BOOL(disabled, "disabled"),
    LIST(elements, "input,select,button,textarea"),
    METHOD(form, mod_html_owner_form),
    STRING(name, "name"),
    CONST(type, "fieldset"),
    CONST(validity, NULL),
};
static const struct html_member form_members[] = {
    FIELD(element, get_element),
    STRING(acceptCharset, "accept-charset"),
    URL(action, "action"),
    ENUM(autocomplete, "autocomplete", options_autocomplete),
    LIST(elements, "input,select,button,textarea,fieldset"),
    ENUM(encoding, "enctype", options_enctype),
    ENUM(enctype, "enctype", options_enctype),
    COUNT(length, "input,select,button,textarea,fieldset"),
    ENUM(method, "method", options_method),
    STRING(name, "name"),
    BOOL(noValidate, "novalidate"),
    STRING(target, "target"),
};
static const struct html_member iframe_members[] = {
    FIELD(element, get_element),
    BOOL(allowfullscreen, "allowfullscreen"),
    STRING(height, "height"),
    STRING(name, "name"),
    ENUM(referrerPolicy, "referrerpolicy", options_referrer),
    URL(src, "src"),
    STRING(width, "width"),
};
static const struct html_member image_members[] = {
    FIELD(element, get_element),
    STRING(alt, "alt"),
    ENUM_ONLY(crossOrigin, "crossorigin", options_crossorigin),
    URL(currentSrc, "src"),
    INT(height, "height", 0),
    BOOL(isMap, "ismap"),
    STRING(name, "name"),
    ENUM(referrerPolicy, "referrerpolicy", options_referrer),
    STRING(sizes, "sizes"),
    URL(src, "src"),
    STRING(srcset, "srcset"),
    STRING(useMap, "usemap"),
    INT(width, "width", 0),
};
static const struct html_member input_members[] = {
    FIELD(form_field_element, get_form_field_element),
    FIELD(element, get_element),
    STRING(accept, "accept"),
    STRING(accessKey, "accesskey"),
    STRING(alt, "alt"),
    ENUM(autocomplete, "autocomplete", options_autocomplete),
    BOOL(autofocus, "autofocus"),
    BOOL(checked, "checked"),
    BOOL(defaultChecked, "checked"),
    STRING(defaultValue, "value"),
    STRING(dirName, "dirname"),
    BOOL(disabled, "disabled"),
    STRING(height, "height"),
    METHOD(list, mod_html_input_list),
    STRING(max, "max"),
    INT(maxLength, "maxlength", -1),
    STRING(min, "min"),
    BOOL(multiple, "multiple"),
    STRING(name, "name"),
    STRING(pattern, "pattern"),
    STRING(placeholder, "placeholder"),
    BOOL(readonly, "readonly"),
    BOOL(required, "required"),
    INT(size, "size", 0),
    URL(src, "src"),
    STRING(step, "step"),
    INT(tabIndex, "tabindex", 0),
    ENUM(type, "type", options_inputtype),
    STRING(value, "value"),
    STRING(width, "width"),
};
static const struct html_member keygen_members[] = {
    FIELD(element, get_element),
    BOOL(autofocus, "autofocus"),
    STRING(challenge, "challenge"),
    BOOL(disabled, "disabled"),
    METHOD(form, mod_html_owner_form),
    ENUM(keytype, "keytype", options_keytype),
    METHOD(labels, mod_html_labels),
    STRING(name, "name"),
    CONST(type, "keygen"),
};
static const struct html_member label_members[] = {
    FIELD(element, get_element),
    METHOD(control, mod_html_label_control),
    METHOD(form, mod_html_owner_form),
    STRING(htmlFor, "for"),
};
static const struct html_member legend_members[] = {
    FIELD(element, get_element),
    STRING(accessKey, "accesskey"),
    METHOD(form, mod_html_owner_form),
};
static const struct html_member li_members[] = {
    FIELD(element, get_element),
    ENUM(type, "type", options_litype),
    INT(value, "value", 0),
};
static const struct html_member link_members[] = {
    FIELD(element, get_element),
    ENUM_ONLY(crossOrigin, "crossorigin", options_crossorigin),
    URL(href, "href"),
    STRING(hreflang, "hreflang"),
    STRING(media, "media"),
    ENUM(referrerPolicy, "referrerpolicy", options_referrer),
    STRING(rel, "rel"),
    WORDS(relList, "rel"),
    STRING(target, "target"),
    STRING(type, "type"),
};
static const struct html_member map_members[] = {
    FIELD(element, get_element),
    LIST(areas, "area"),
    METHOD(images, mod_html_map_images),
    STRING(name, "name"),
};
static const struct html_member meta_members[] = {
    FIELD(element, get_element),
    STRING(content, "content"),
    ENUM(httpEquiv, "http-equiv", options_httpequiv),
    STRING(name, "name"),
};
static const struct html_member meter_members[] = {
    FIELD(element, get_element),
    INT(high, "high", 0),
    METHOD(labels, mod_html_labels),
    INT(low, "low", 0),
    INT(max, "max", 0),
    INT(min, "min", 0),
    INT(optimum, "optimum", 0),
};
static const struct html_member object_members[] = {
    FIELD(element, get_element),
    URL(data, "data"),
    METHOD(form, mod_html_owner_form),
    STRING(height, "height"),
    STRING(name, "name"),
    INT(tabIndex, "tabindex", 0),
    STRING(type, "type"),
    BOOL(typeMustMatch, "typemustmatch"),
    STRING(useMap, "usemap"),
    STRING(width, "width"),
};
static const struct html_member olist_members[] = {
    FIELD(element, get_element),
    BOOL(reversed, "reversed"),
    INT(start, "start", 0),
    ENUM(type, "type", options_olisttype),
};
static const struct html_member opt_group_members[] = {
    FIELD(element, get_element),
    BOOL(disabled, "disabled"),
    STRING(label, "label"),
};
static const struct html_member option_members[] = {
    FIELD(element, get_element),
    BOOL(defaultSelected, "selected"),
    METHOD(disabled, mod_html_option_disabled),
    METHOD(form, mod_html_option_form),
    METHOD(index, mod_html_option_index),
    METHOD(label, mod_html_option_label),
    BOOL(selected, "selected"),
    METHOD(text, mod_html_all_text),
    METHOD(value, mod_html_value_or_inner),
};
static const struct html_member output_members[] = {
    FIELD(element, get_element),
    METHOD(defaultValue, mod_html_all_text),
    METHOD(form, mod_html_owner_form),
    STRING(htmlFor, "for"),
    METHOD(labels, mod_html_labels),
    STRING(name, "name"),
    CONST(type, "output"),
    METHOD(value, mod_html_all_text),
};
static const struct html_member param_members[] = {
    FIELD(element, get_element),
    STRING(name, "name"),
    STRING(value, "value"),
};
static const struct html_member pre_members[] = {
    FIELD(element, get_element),
    STRING(name, "name"),
    STRING(value, "value"),
};
static const struct html_member progress_members[] = {
    FIELD(element, get_element),
    METHOD(labels, mod_html_labels),
    METHOD(max, mod_html_progress_max),
    METHOD(position, mod_html_progress_position),
    METHOD(value, mod_html_progress_value),
};
static const struct html_member quote_members[] = {
    FIELD(element, get_element),
    STRING(cite, "cite"),
};
static const struct html_member script_members[] = {
    FIELD(element, get_element),
    BOOL(async, "async"),
    STRING(charset, "charset"),
    STRING(crossOrigin, "crossorigin"),
    BOOL(defer, "defer"),
    BOOL(noModule, "nomodule"),
    URL(src, "src"),
    METHOD(text, mod_html_all_text),
    STRING(type, "type"),
};
static const struct html_member select_members[] = {
    FIELD(element, get_element),
    BOOL(autofocus, "autofocus"),
    BOOL(disabled, "disabled"),
    METHOD(form, mod_html_owner_form),
    METHOD(labels, mod_html_labels),
    COUNT(length, "option"),
    BOOL(multiple, "multiple"),
    STRING(name, "name"),
    LIST(options, "option"),
    BOOL(required, "required"),
    METHOD(selectedIndex, mod_html_select_selected_index),
    LIST(selectedOptions, "option[selected]"),
    METHOD(size, mod_html_select_size),
    INT(tabIndex, "tabindex", 0),
    METHOD(type, mod_html_select_type),
    METHOD(value, mod_html_select_value),
};
static const struct html_member source_members[] = {
    FIELD(element, get_element),
    STRING(keySystem, "keysystem"),
    STRING(media, "media"),
    STRING(sizes, "sizes"),
    URL(src, "src"),
    STRING(srcset, "srcset"),
    STRING(type, "type"),
};
static const struct html_member style_members[] = {
    FIELD(element, get_element),
    STRING(media, "media"),
    METHOD(type, mod_html_style_type),
};
static const struct html_member table_members[] = {
    FIELD(element, get_element),
    METHOD(caption, mod_html_table_caption),
    LIST(rows, "tr"),
    BOOL(sortable, "sortable"),
    LIST(tBodies, "tbody"),
    METHOD(tFoot, mod_html_table_tfoot),
    METHOD(tHead, mod_html_table_thead),
};
static const struct html_member table_head_members[] = {
    FIELD(table_section_element, get_table_section_element),
    FIELD(element, get_element),
};
static const struct html_member table_foot_members[] = {
    FIELD(table_section_element, get_table_section_element),
    FIELD(element, get_element),
};
static const struct html_member table_body_members[] = {
    FIELD(table_section_element, get_table_section_element),
    FIELD(element, get_element),
};
static const struct html_member table_row_members[] = {
    FIELD(element, get_element),
    LIST(cells, "th,td"),
    METHOD(rowIndex, mod_html_table_row_row_index),
    METHOD(sectionRowIndex, mod_html_table_row_section_row_index),
};
static const struct html_member table_col_members[] = {
    FIELD(element, get_element),
    METHOD(span, mod_html_table_col_span),
};
static const struct html_member table_data_cell_members[] = {
    FIELD(table_cell_element, get_table_cell_element),
    FIELD(element, get_element),
};
static const struct html_member table_header_cell_members[] = {
    FIELD(table_cell_element, get_table_cell_element),
    FIELD(element, get_element),
    STRING(abbr, "abbr"),
    ENUM(scope, "scope", options_scope),
    BOOL(sorted, "sorted"),
};
static const struct html_member text_area_members[] = {
    FIELD(element, get_element),
    STRING(accessKey, "accesskey"),
    ENUM(autocapitalize, "autocapitalize", options_autocap),
    ENUM(autocomplete, "autocomplete", options_autocomplete),
    INT(cols, "cols", 0),
    STRING(defaultValue, "value"),
    METHOD(form, mod_html_owner_form),
    METHOD(labels, mod_html_labels),
    METHOD(length, mod_html_text_area_length),
    INT(maxLength, "maxlength", 0),
    STRING(placeholder, "placeholder"),
    BOOL(readOnly, "readonly"),
    BOOL(required, "required"),
    INT(rows, "rows", 0),
    INT(tabIndex, "tabindex", 0),
    CONST(type, "textarea"),
    STRING(value, "value"),
    ENUM(wrap, "wrap", options_wrap),
};
static const struct html_member time_members[] = {
    FIELD(element, get_element),
    STRING(datetime, "datetime"),
};
static const struct html_member title_members[] = {
    FIELD(element, get_element),
    METHOD(text, mod_html_all_text),
};
static const struct html_member track_members[] = {
    FIELD(element, get_element),
    BOOL(default, "default"),
    ENUM(kind, "kind", options_kind),
    STRING(label, "label"),
    URL(src, "src"),
    STRING(srclang, "srclang"),
};
static const struct html_member ulist_members[] = {
    FIELD(element, get_element),
    STRING(type, "type"),
};
static const struct html_member video_members[] = {
    FIELD(media_element, get_media_element),
    FIELD(element, get_element),
};

#define KIND(name, go_name, base)                                                                  \
    static const struct html_kind name##_kind = {                                                  \
        go_name, ROLE_OTHER, name##_members,                                                       \
        sizeof name##_members / sizeof name##_members[0], base,                                    \
    }
KIND(href, "html.HrefElement", &mod_html_element_kind);
KIND(media, "html.MediaElement", &mod_html_element_kind);
KIND(form_field, "html.FormFieldElement", &mod_html_element_kind);
KIND(mod, "html.ModElement", &mod_html_element_kind);
KIND(table_section, "html.TableSectionElement", &mod_html_element_kind);
KIND(table_cell, "html.TableCellElement", &mod_html_element_kind);
KIND(anchor, "html.AnchorElement", &href_kind);
KIND(area, "html.AreaElement", &href_kind);
KIND(audio, "html.AudioElement", &media_kind);
KIND(base, "html.BaseElement", &mod_html_element_kind);
KIND(button, "html.ButtonElement", &form_field_kind);
KIND(canvas, "html.CanvasElement", &mod_html_element_kind);
KIND(data, "html.DataElement", &mod_html_element_kind);
KIND(data_list, "html.DataListElement", &mod_html_element_kind);
KIND(del, "html.DelElement", &mod_kind);
KIND(ins, "html.InsElement", &mod_kind);
KIND(embed, "html.EmbedElement", &mod_html_element_kind);
KIND(field_set, "html.FieldSetElement", &mod_html_element_kind);
KIND(form, "html.FormElement", &mod_html_element_kind);
KIND(iframe, "html.IFrameElement", &mod_html_element_kind);
KIND(image, "html.ImageElement", &mod_html_element_kind);
KIND(input, "html.InputElement", &form_field_kind);
KIND(keygen, "html.KeygenElement", &mod_html_element_kind);
KIND(label, "html.LabelElement", &mod_html_element_kind);
KIND(legend, "html.LegendElement", &mod_html_element_kind);
KIND(li, "html.LiElement", &mod_html_element_kind);
KIND(link, "html.LinkElement", &mod_html_element_kind);
KIND(map, "html.MapElement", &mod_html_element_kind);
KIND(meta, "html.MetaElement", &mod_html_element_kind);
KIND(meter, "html.MeterElement", &mod_html_element_kind);
KIND(object, "html.ObjectElement", &mod_html_element_kind);
KIND(olist, "html.OListElement", &mod_html_element_kind);
KIND(opt_group, "html.OptGroupElement", &mod_html_element_kind);
KIND(option, "html.OptionElement", &mod_html_element_kind);
KIND(output, "html.OutputElement", &mod_html_element_kind);
KIND(param, "html.ParamElement", &mod_html_element_kind);
KIND(pre, "html.PreElement", &mod_html_element_kind);
KIND(progress, "html.ProgressElement", &mod_html_element_kind);
KIND(quote, "html.QuoteElement", &mod_html_element_kind);
KIND(script, "html.ScriptElement", &mod_html_element_kind);
KIND(select, "html.SelectElement", &mod_html_element_kind);
KIND(source, "html.SourceElement", &mod_html_element_kind);
KIND(style, "html.StyleElement", &mod_html_element_kind);
KIND(table, "html.TableElement", &mod_html_element_kind);
KIND(table_head, "html.TableHeadElement", &table_section_kind);
KIND(table_foot, "html.TableFootElement", &table_section_kind);
KIND(table_body, "html.TableBodyElement", &table_section_kind);
KIND(table_row, "html.TableRowElement", &mod_html_element_kind);
KIND(table_col, "html.TableColElement", &mod_html_element_kind);
KIND(table_data_cell, "html.TableDataCellElement", &table_cell_kind);
KIND(table_header_cell, "html.TableHeaderCellElement", &table_cell_kind);
KIND(text_area, "html.TextAreaElement", &mod_html_element_kind);
KIND(time, "html.TimeElement", &mod_html_element_kind);
KIND(title, "html.TitleElement", &mod_html_element_kind);
KIND(track, "html.TrackElement", &mod_html_element_kind);
KIND(ulist, "html.UListElement", &mod_html_element_kind);
KIND(video, "html.VideoElement", &media_kind);

static const struct html_kind *const kinds[TAG_COUNT] = {
    [TAG_A] = &anchor_kind,
    [TAG_AREA] = &area_kind,
    [TAG_AUDIO] = &audio_kind,
    [TAG_BASE] = &base_kind,
    [TAG_BUTTON] = &button_kind,
    [TAG_CANVAS] = &canvas_kind,
    [TAG_DATA] = &data_kind,
    [TAG_DATALIST] = &data_list_kind,
    [TAG_DEL] = &del_kind,
    [TAG_EMBED] = &embed_kind,
    [TAG_FIELDSET] = &field_set_kind,
    [TAG_FORM] = &form_kind,
    [TAG_IFRAME] = &iframe_kind,
    [TAG_IMG] = &image_kind,
    [TAG_INPUT] = &input_kind,
    [TAG_INS] = &ins_kind,
    [TAG_KEYGEN] = &keygen_kind,
    [TAG_LABEL] = &label_kind,
    [TAG_LEGEND] = &legend_kind,
    [TAG_LI] = &li_kind,
    [TAG_LINK] = &link_kind,
    [TAG_MAP] = &map_kind,
    [TAG_META] = &meta_kind,
    [TAG_METER] = &meter_kind,
    [TAG_OBJECT] = &object_kind,
    [TAG_OL] = &olist_kind,
    [TAG_OPTGROUP] = &opt_group_kind,
    [TAG_OPTION] = &option_kind,
    [TAG_OUTPUT] = &output_kind,
    [TAG_PARAM] = &param_kind,
    [TAG_PRE] = &pre_kind,
    [TAG_PROGRESS] = &progress_kind,
    [TAG_QUOTE] = &quote_kind,
    [TAG_SCRIPT] = &script_kind,
    [TAG_SELECT] = &select_kind,
    [TAG_SOURCE] = &source_kind,
    [TAG_STYLE] = &style_kind,
    [TAG_TABLE] = &table_kind,
    [TAG_THEAD] = &table_head_kind,
    [TAG_TFOOT] = &table_foot_kind,
    [TAG_TBODY] = &table_body_kind,
    [TAG_TR] = &table_row_kind,
    [TAG_COL] = &table_col_kind,
    [TAG_TD] = &table_data_cell_kind,
    [TAG_TH] = &table_header_cell_kind,
    [TAG_TEXTAREA] = &text_area_kind,
    [TAG_TIME] = &time_kind,
    [TAG_TITLE] = &title_kind,
    [TAG_TRACK] = &track_kind,
    [TAG_UL] = &ulist_kind,
    [TAG_VIDEO] = &video_kind,
};

const struct html_kind *mod_html_kind_of(const struct html_node *n)
{
    /* k6 looks at the node's text alone: one that reads "title" passes for a <title>. */
    enum html_tag tag = n->type == HTML_ELEMENT ? (enum html_tag)n->tag : html_tag_find(n->data);
    return kinds[tag] ? kinds[tag] : &mod_html_element_kind;
}
