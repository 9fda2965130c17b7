#include "CDocuments.h"

#include <library.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* More open elements than this are closed at once: libxml2 looks through all of them for each
   closing tag, which makes tags that close nothing dear. */
enum { most_open = 256 };
/* So many looks at open elements take some seconds; after them only a few stay open. */
enum { most_looks = 50000000, fewest_open = 8 };
/* How much is parsed between two looks at the number of open elements. */
enum { slice = 256 };
/* A longer attribute is a picture or a script. */
enum { longest_value = 4096 };

struct cdocuments_markup {
    xmlParserCtxtPtr parser;
    int32_t language;
    int32_t state;
    size_t open, looks;
    uint8_t *events;
    size_t count, capacity;
};

/* ---- The library ---- */

static struct {
    int is_loaded;
    __typeof__(&xmlInitParser) init;
    __typeof__(&htmlCreatePushParserCtxt) create_html;
    __typeof__(&htmlCtxtUseOptions) set_html_options;
    __typeof__(&xmlCreatePushParserCtxt) create_xml;
    __typeof__(&xmlCtxtUseOptions) set_xml_options;
    __typeof__(&xmlFreeDoc) free_document;
    __typeof__(&xmlFreeParserCtxt) free_parser;
    __typeof__(&htmlParseChunk) parse_html;
    __typeof__(&xmlParseChunk) parse_xml;
    __typeof__(&xmlStopParser) stop;
    __typeof__(&xmlGetPredefinedEntity) predefined_entity;
} xml;

/* The layout of parsers is that of the headers, and so must the library be. */
#if LIBXML_VERSION >= 21400
#define LIBRARY "libxml2.so.16"
#define PACKAGE "libxml2-16"
#else
#define LIBRARY "libxml2.so.2"
#define PACKAGE "libxml2"
#endif

static void load(void) {
    void *library = CPLATFORM_LOAD(LIBRARY, PACKAGE);
    xml.is_loaded = CPLATFORM_SET(library, xml.init, xmlInitParser) &&
                    CPLATFORM_SET(library, xml.create_html, htmlCreatePushParserCtxt) &&
                    CPLATFORM_SET(library, xml.set_html_options, htmlCtxtUseOptions) &&
                    CPLATFORM_SET(library, xml.create_xml, xmlCreatePushParserCtxt) &&
                    CPLATFORM_SET(library, xml.set_xml_options, xmlCtxtUseOptions) &&
                    CPLATFORM_SET(library, xml.free_document, xmlFreeDoc) &&
                    CPLATFORM_SET(library, xml.free_parser, xmlFreeParserCtxt) &&
                    CPLATFORM_SET(library, xml.parse_html, htmlParseChunk) &&
                    CPLATFORM_SET(library, xml.parse_xml, xmlParseChunk) &&
                    CPLATFORM_SET(library, xml.stop, xmlStopParser) &&
                    CPLATFORM_SET(library, xml.predefined_entity, xmlGetPredefinedEntity);
    if (xml.is_loaded) xml.init();
}

/* ---- Events ---- */

static void append(cdocuments_markup *markup, const void *bytes, size_t count) {
    if (markup->capacity - markup->count < count) {
        size_t capacity = markup->capacity ? markup->capacity : 16384;
        while (capacity - markup->count < count) capacity *= 2;
        uint8_t *events = realloc(markup->events, capacity);
        if (!events) {
            markup->state = CDOCUMENTS_NO_MEMORY;
            return;
        }
        markup->events = events;
        markup->capacity = capacity;
    }
    memcpy(markup->events + markup->count, bytes, count);
    markup->count += count;
}

static void append_event(cdocuments_markup *markup, char letter, const void *bytes, size_t count) {
    if (markup->state != CDOCUMENTS_FINE || count > INT_MAX) return;
    xmlParserInputPtr input = markup->parser ? markup->parser->input : NULL;
    uint32_t line = input && input->line > 0 ? (uint32_t)input->line : 1;
    uint8_t head[9] = {(uint8_t)letter};
    for (int byte = 0; byte < 4; byte++) {
        head[1 + byte] = (uint8_t)(line >> (8 * byte));
        head[5 + byte] = (uint8_t)((uint32_t)count >> (8 * byte));
    }
    append(markup, head, sizeof head);
    if (count > 0 && markup->state == CDOCUMENTS_FINE) append(markup, bytes, count);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
    cdocuments_markup *markup = context;
    markup->open += 1;
    append_event(markup, '<', name, strlen((const char *)name));
    for (; attributes && attributes[0]; attributes += 2) {
        const char *value = attributes[1] ? (const char *)attributes[1] : "";
        size_t length = strlen(value);
        if (length > longest_value) continue;
        append_event(markup, 'a', attributes[0], strlen((const char *)attributes[0]));
        append_event(markup, 'v', value, length);
    }
}

static void on_end(void *context, const xmlChar *name) {
    cdocuments_markup *markup = context;
    if (markup->open > 0) markup->open -= 1;
    append_event(markup, '>', name, strlen((const char *)name));
}

static void on_text(void *context, const xmlChar *text, int length) {
    if (length > 0) append_event(context, 't', text, (size_t)length);
}

/* The content of scripts goes; that of style sheets tells what a page hides. */
static void on_script(void *context, const xmlChar *text, int length) {
    cdocuments_markup *markup = context;
    const xmlChar *name = markup->parser ? markup->parser->name : NULL;
    if (length > 0 && name && strcmp((const char *)name, "style") == 0)
        append_event(markup, 's', text, (size_t)length);
}

static xmlEntityPtr on_entity(void *context, const xmlChar *name) {
    (void)context;
    return xml.predefined_entity(name);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *id, const xmlChar *uri) {
    (void)name, (void)id, (void)uri;
    cdocuments_markup *markup = context;
    if (markup->language != CDOCUMENTS_XML) return;
    markup->state = CDOCUMENTS_DOCTYPE;
    xml.stop(markup->parser);
}

/* ---- Parsers ---- */

static pthread_once_t is_looked_for = PTHREAD_ONCE_INIT;

static xmlParserCtxtPtr opened(cdocuments_markup *markup) {
    pthread_once(&is_looked_for, load);
    if (!xml.is_loaded) return NULL;
    xmlSAXHandler handler;
    memset(&handler, 0, sizeof handler);
    handler.startElement = on_start;
    handler.endElement = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.internalSubset = on_doctype;
    xmlParserCtxtPtr parser;
    if (markup->language == CDOCUMENTS_HTML) {
        handler.cdataBlock = on_script;
        parser = xml.create_html(&handler, markup, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
        if (parser)
            xml.set_html_options(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                           HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                           HTML_PARSE_IGNORE_ENC);
    } else {
        handler.cdataBlock = on_text;
        handler.getEntity = on_entity;
        parser = xml.create_xml(&handler, markup, NULL, 0, NULL);
        if (parser)
            xml.set_xml_options(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    }
    return parser;
}

static void closed(xmlParserCtxtPtr parser) {
    if (!parser) return;
    if (parser->myDoc) xml.free_document(parser->myDoc);
    parser->myDoc = NULL;
    xml.free_parser(parser);
}

cdocuments_markup *cdocuments_markup_open(int32_t language) {
    cdocuments_markup *markup = calloc(1, sizeof *markup);
    if (!markup) return NULL;
    markup->language = language;
    markup->parser = opened(markup);
    if (!markup->parser) {
        free(markup);
        return NULL;
    }
    return markup;
}

void cdocuments_markup_close(cdocuments_markup *markup) {
    closed(markup->parser);
    free(markup->events);
    free(markup);
}

static void parse(cdocuments_markup *markup, const uint8_t *bytes, size_t count, int is_last) {
    if (markup->language == CDOCUMENTS_HTML)
        xml.parse_html(markup->parser, (const char *)bytes, (int)count, is_last);
    else
        xml.parse_xml(markup->parser, (const char *)bytes, (int)count, is_last);
}

/* Closes all that is open by going on with a new parser, at the byte where the old one stands. */
static void restart(cdocuments_markup *markup) {
    xmlParserCtxtPtr old = markup->parser;
    xmlParserInputPtr input = old->input;
    int line = input ? input->line : 1;
    append_event(markup, '!', NULL, 0);
    markup->parser = opened(markup);
    markup->open = 0;
    if (!markup->parser) {
        markup->parser = old;
        markup->state = CDOCUMENTS_NO_MEMORY;
        return;
    }
    if (markup->parser->input) markup->parser->input->line = line;
    if (input && input->end > input->cur)
        parse(markup, input->cur, (size_t)(input->end - input->cur), 0);
    closed(old);
}

int32_t cdocuments_markup_feed(cdocuments_markup *markup, const uint8_t *bytes, size_t count,
                               int32_t is_last) {
    markup->count = 0;
    while (count > 0 && markup->state == CDOCUMENTS_FINE) {
        size_t part = count < slice ? count : slice;
        while (part > 0 && part < count && (bytes[part] & 0xC0) == 0x80) part--;
        if (part == 0) part = count < slice ? count : slice;
        parse(markup, bytes, part, 0);
        if (markup->language == CDOCUMENTS_HTML) {
            for (size_t i = 0; i < part; i++)
                if (bytes[i] == '/') markup->looks += markup->open;
            size_t limit = markup->looks < most_looks ? most_open : fewest_open;
            if (markup->open > limit && markup->parser->instate == XML_PARSER_CONTENT)
                restart(markup);
        }
        bytes += part;
        count -= part;
    }
    if (is_last && markup->state == CDOCUMENTS_FINE) parse(markup, NULL, 0, 1);
    if (markup->state == CDOCUMENTS_FINE && markup->language == CDOCUMENTS_XML &&
        !markup->parser->wellFormed)
        return CDOCUMENTS_MALFORMED;
    return markup->state;
}

const uint8_t *cdocuments_markup_events(const cdocuments_markup *markup, size_t *count) {
    *count = markup->count;
    return markup->events;
}
