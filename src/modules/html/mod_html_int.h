/* mod_html_int.h - what the files share that make pages visible to scripts (mod_html*.c); not to be
 * included from outside this folder.
 *
 * Scripts see Selections (sets of nodes), Elements (of about fifty kinds, by tag) and Attributes.
 * All are objects of one class, html_object, and differ by their kind: a table of what they have.
 * What is listed, read and called goes through those tables (mod_html_object.c), so that one row
 * is all that an accessor takes:
 *
 *   mod_html_kinds.c      the kinds of elements: rows like {tabIndex, the attribute as a number, 0}
 *   mod_html_element.c    what all elements have; mod_html_element_more.c what some do
 *   mod_html_selection.c  Selection; mod_html_walk.c its functions that take callbacks
 *   mod_html_value.c      val(), data() and the values of forms
 *   mod_html_goquery.c    what callbacks of filter() get: k6 lets goquery's own object through
 */
#ifndef C6_MOD_HTML_INT_H
#define C6_MOD_HTML_INT_H

#include <quickjs.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/url.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "modules/html/html_query.h"
#include "modules/html/html_render.h"
#include "modules/html/html_selector.h"
#include "modules/mod_arg.h"

/* Names of all fields and methods: the fields, then the methods in the order in which k6 lists
 * them (by Go's names, whose first letters are capitals). */
/* clang-format off */
#define HTML_NAMES(X)                                                                              \
    X(url) X(href_element) X(media_element) X(form_field_element) X(mod_element)                   \
    X(table_section_element) X(table_cell_element) X(element) X(owner_element) X(abbr) X(accept)   \
    X(acceptCharset) X(accessKey) X(action) X(add) X(addBack) X(addBackFiltered) X(addClass)       \
    X(addSelection) X(allowfullscreen) X(alt) X(andSelf) X(areas) X(async) X(attr) X(attrOr)       \
    X(attributes) X(autocapitalize) X(autocomplete) X(autofocus) X(autoplay) X(caption)            \
    X(cellIndex) X(cells) X(challenge) X(charset) X(checked) X(childElementCount) X(childNodes)    \
    X(children) X(childrenFiltered) X(cite) X(classList) X(className) X(closest)          \
    X(closestSelection) X(colSpan) X(cols) X(contains) X(content) X(contents) X(contentsFiltered)  \
    X(control) X(controls) X(crossOrigin) X(currentSrc) X(data) X(datetime) X(default)             \
    X(defaultChecked) X(defaultMuted) X(defaultSelected) X(defaultValue) X(defer) X(dirName)       \
    X(disabled) X(download) X(each) X(eachWithBreak) X(elements) X(empty) X(encoding) X(enctype)   \
    X(end) X(eq) X(filter) X(filterFunction) X(filterSelection) X(find) X(findSelection) X(first)  \
    X(firstChild) X(firstElementChild) X(form) X(formAction) X(formEnctype) X(formMethod)          \
    X(formNoValidate) X(formTarget) X(get) X(getAttribute) X(getAttributeNode)                     \
    X(getElementsByClassName) X(getElementsByTagName) X(has) X(hasAttribute) X(hasAttributes)      \
    X(hasChildNodes) X(hasClass) X(hasSelection) X(hash) X(headers) X(height) X(high) X(host)      \
    X(hostname) X(href) X(hrefLang) X(hreflang) X(html) X(htmlFor) X(httpEquiv) X(id) X(images)    \
    X(index) X(indexOfSelection) X(indexSelector) X(innerHTML) X(intersection) X(is)               \
    X(isDefaultNamespace) X(isEqualNode) X(isFunction) X(isMap) X(isSameNode) X(isSelection)       \
    X(keySystem) X(keytype) X(kind) X(label) X(labels) X(lang) X(last) X(lastChild)                \
    X(lastElementChild) X(length) X(list) X(localName) X(loop) X(low) X(map) X(matches) X(max)     \
    X(maxLength) X(media) X(mediaGroup) X(method) X(min) X(multiple) X(muted) X(name)              \
    X(namespaceURI) X(next) X(nextAll) X(nextAllFiltered) X(nextElementSibling) X(nextFiltered)    \
    X(nextFilteredUntil) X(nextFilteredUntilSelection) X(nextSibling) X(nextUntil)                 \
    X(nextUntilSelection) X(noModule) X(noValidate) X(nodeName) X(nodeType) X(nodeValue) X(not)    \
    X(notFunction) X(notSelection) X(optimum) X(options) X(origin) X(ownerDocument) X(parent)      \
    X(parentElement) X(parentFiltered) X(parentNode) X(parents) X(parentsFiltered)                 \
    X(parentsFilteredUntil) X(parentsFilteredUntilSelection) X(parentsUntil)                       \
    X(parentsUntilSelection) X(password) X(pathname) X(pattern) X(placeholder) X(port)             \
    X(position) X(prefix) X(preload) X(prev) X(prevAll) X(prevAllFiltered) X(prevFiltered)         \
    X(prevFilteredUntil) X(prevFilteredUntilSelection) X(prevUntil) X(prevUntilSelection)          \
    X(previousElementSibling) X(previousSibling) X(protocol) X(querySelector) X(querySelectorAll)  \
    X(readOnly) X(readonly) X(referrerPolicy) X(rel) X(relList) X(remove) X(removeAttr)            \
    X(removeClass) X(removeFiltered) X(required) X(reversed) X(rowIndex) X(rowSpan) X(rows)        \
    X(scope) X(search) X(sectionRowIndex) X(selected) X(selectedIndex) X(selectedOptions)          \
    X(selection) X(serialize) X(serializeArray) X(serializeObject) X(setAttr) X(setText)           \
    X(siblings) X(siblingsFiltered) X(single) X(size) X(sizes) X(slice) X(sortable) X(sorted)      \
    X(span) X(src) X(srclang) X(srcset) X(start) X(step) X(tBodies) X(tFoot) X(tHead) X(tabIndex)  \
    X(target) X(text) X(textContent) X(textTracks) X(toArray) X(toString) X(toggleClass) X(type)   \
    X(typeMustMatch) X(union) X(useMap) X(username) X(val) X(validity) X(value) X(width) X(wrap)
/* clang-format on */

enum html_name {
#define X(name) NAME_##name,
    HTML_NAMES(X)
#undef X
        NAME_COUNT
};

enum { NAME_SLOTS = 1024 }; /* more than twice as many, a power of two */

/* Per VU, made when its script first parses a page. */
struct html_state {
    JSAtom atoms[NAME_COUNT];
    uint16_t slots[NAME_SLOTS]; /* table of these by atom: place + 1 */
    struct html_account *account; /* held: the pages that its scripts hold */
};

struct html_object;
typedef JSValue html_method(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv);

enum html_member_type {
    MEMBER_METHOD,    /* method */
    MEMBER_FIELD,     /* method makes the value; not called by the script */
    MEMBER_STRING,    /* the rest are functions without arguments: the attribute, or "" */
    MEMBER_URL,       /* resolved; when there is none "", or with number 1 the page's address */
    MEMBER_BOOL,      /* is it there? */
    MEMBER_INT,       /* as a number, else number */
    MEMBER_ENUM,      /* one of options, else the first of them */
    MEMBER_ENUM_ONLY, /* one of options, else undefined */
    MEMBER_CONST,     /* attr is the text itself; NULL: undefined */
    MEMBER_WORDS,     /* a list of what spaces keep apart */
    MEMBER_LIST,      /* attr is a selector: what it finds, */
    MEMBER_COUNT,     /* and how many that is */
};

struct html_member {
    uint16_t name; /* enum html_name; members are sorted by it */
    uint8_t type;  /* enum html_member_type */
    int32_t number;
    union {
        html_method *method;
        const char *attr;
    } of;
    const char *const *options; /* ends with NULL */
};

enum html_role { ROLE_SELECTION, ROLE_ELEMENT, ROLE_OTHER };

struct html_kind {
    const char *go_name; /* what k6's errors call it: "html.AnchorElement" */
    enum html_role role; /* ELEMENT: only those without a kind of their own pass for one (as in k6)
                          */
    const struct html_member *members;
    size_t count;
    const struct html_kind *base; /* what it has besides, if it does not say otherwise */
};

/* The address of the page, shared by what comes from it. */
struct html_url {
    int refs;
    size_t len;
    char text[];
};

struct html_object {
    struct html_state *st; /* valid while script may run */
    const struct html_kind *kind;
    struct html_set *set;         /* held; an element's has at least one node, the first is it */
    struct html_url *url;         /* held; NULL: "" */
    const struct html_attr *attr; /* of an Attribute; the document's */
};

/* ---- objects (mod_html_object.c) ---- */

int mod_html_object_class(JSContext *ctx);
void mod_html_state_init(JSContext *ctx, struct html_state *st);
void mod_html_state_deinit(JSContext *ctx, struct html_state *st);

/* An object of a kind with that set, taken; NULL: memory ran out, which is thrown. url is shared.
 */
JSValue mod_html_object_new(JSContext *ctx, struct html_state *st, const struct html_kind *kind,
                            struct html_set *takes, struct html_url *url);
struct html_object *mod_html_object_get(JSValueConst v); /* lends; NULL: none of ours */
struct html_url *mod_html_url_new(struct str text);
struct html_url *mod_html_url_ref(struct html_url *u); /* NULL is fine, for both */
void mod_html_url_unref(struct html_url *u);
struct str mod_html_url_text(const struct html_url *u);

/* ---- kinds ---- */

extern const struct html_kind mod_html_selection_kind, mod_html_selection_pointer_kind,
    mod_html_element_kind, mod_html_attribute_kind, mod_html_goquery_kind;
const struct html_kind *mod_html_kind_of(const struct html_node *n); /* of an element */

/* ---- arguments ---- */

/* The selector that argument i is the text of; NULL is one that matches nothing. False with an
 * exception pending. Free with html_selector_free. */
bool mod_html_selector_arg(JSContext *ctx, int argc, JSValueConst *argv, int i,
                           struct html_selector **out);
int64_t mod_html_int(JSContext *ctx, JSValueConst v, bool *ok); /* as Go's int parameters */
static inline bool mod_html_is_text(JSValueConst v)
{
    return JS_IsString(v) || JS_IsSymbol(v);
}
const char *mod_html_go_type(JSContext *ctx, JSValueConst v);
JSValue mod_html_refuse_selector(JSContext *ctx, JSValueConst v);
/* Is it a Selection, or an Element without a kind of its own? NULL: neither. */
struct html_object *mod_html_object_of_role(JSValueConst v, enum html_role role);

/* ---- results ---- */

/* What a query gave: throws when it was interrupted or memory ran out (then takes_set is dropped
 * and NULL returned). Takes sel. */
struct html_set *mod_html_checked(JSContext *ctx, struct html_selector *takes_sel,
                                  struct html_set *takes_set);
JSValue mod_html_selection(JSContext *ctx, const struct html_object *o, struct html_set *takes);
/* The first node of the set as an Element; undefined when there is none. */
JSValue mod_html_element(JSContext *ctx, const struct html_object *o, struct html_set *takes);
JSValue mod_html_element_of(JSContext *ctx, const struct html_object *o, struct html_node *n);
JSValue mod_html_element_list(JSContext *ctx, const struct html_object *o, struct html_set *takes);
/* Appends v, taken, to a list. False with an exception pending. */
bool mod_html_push(JSContext *ctx, JSValueConst list, uint32_t i, JSValue v);

/* ---- reading nodes ---- */

struct html_node *mod_html_node(const struct html_object *o); /* the first of its set, or NULL */
/* The first node's attribute; p NULL: it has none. */
struct str mod_html_attr(const struct html_object *o, const char *name);
JSValue mod_html_text(JSContext *ctx, const struct html_set *s); /* of all nodes */
/* The first node's children as HTML; false: they can't be written. */
bool mod_html_put_inner(struct buf *out, const struct html_set *s);
JSValue mod_html_inner(JSContext *ctx, const struct html_set *s); /* undefined then */
struct str mod_html_node_name(const struct html_set *s);
/* What matches the fixed selector in the set. NULL with an exception pending. */
struct html_set *mod_html_find(JSContext *ctx, struct html_set *s, const char *selector);
struct html_set *mod_html_find_str(JSContext *ctx, struct html_set *s, struct str selector);
/* The attribute "value", or else what is inside. */
void mod_html_put_value_or_inner(struct buf *out, const struct html_set *s);

bool mod_html_parse_float(struct str s, double *out); /* as Go does */

/* ---- methods of more than one kind ---- */

html_method mod_html_val, mod_html_data, mod_html_serialize, mod_html_serialize_array,
    mod_html_serialize_object;
html_method mod_html_each, mod_html_filter, mod_html_is, mod_html_not, mod_html_map;

#endif
