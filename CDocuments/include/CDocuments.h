#ifndef GONGKAI_CDOCUMENTS_H
#define GONGKAI_CDOCUMENTS_H

/* Markup, compressed data and PDF, by libxml2, zlib and poppler's pdftotext, without trees.

   The headers of both stay out: libxml2's bring ICU's, which Swift's Foundation brings too, and a
   program that imports both modules does not compile. Text is UTF-8. A handle belongs to one
   thread at a time. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Markup ---- */

typedef struct cdocuments_markup cdocuments_markup;

enum {
    CDOCUMENTS_HTML = 0, /* any page: mistakes are mended as browsers do */
    CDOCUMENTS_XML = 1   /* well-formed, without a document type: no entities, nothing fetched */
};

/* What cdocuments_markup_feed found. */
enum {
    CDOCUMENTS_FINE = 0,
    CDOCUMENTS_MALFORMED = 1, /* XML that is not well-formed; the events before it hold */
    CDOCUMENTS_DOCTYPE = 2,   /* XML with a document type, which could define entities */
    CDOCUMENTS_NO_MEMORY = 3
};

/* Opens a parser. NULL when memory is short. */
cdocuments_markup *_Nullable cdocuments_markup_open(int32_t language);
void cdocuments_markup_close(cdocuments_markup *_Nonnull parser);

/* Parses the next bytes, which end between characters. */
int32_t cdocuments_markup_feed(cdocuments_markup *_Nonnull parser, const uint8_t *_Nullable bytes,
                               size_t count, int32_t is_last);

/* The events of the last call of cdocuments_markup_feed, valid until the next one. Each is a
   letter, a line from 1 and a length as 32-bit numbers with the low byte first, and so many bytes:

       <  an element opens: its name      a  one of its attributes: the name
       >  an element closes: its name     v  the attribute's value
       t  text                            !  nothing is open any more: too much was */
const uint8_t *_Nullable cdocuments_markup_events(const cdocuments_markup *_Nonnull parser,
                                                  size_t *_Nonnull count);

/* ---- Compressed data ---- */

/* Expands raw DEFLATE data into exactly `capacity` bytes; 0 when it is anything else. */
int32_t cdocuments_inflate(const uint8_t *_Nullable bytes, size_t count,
                           uint8_t *_Nullable expanded, size_t capacity);

/* ---- PDF ---- */

/* What cdocuments_pdf_text met, beside CDOCUMENTS_FINE. */
enum {
    CDOCUMENTS_NO_PROGRAM = 10, /* pdftotext is not in PATH */
    CDOCUMENTS_FAILED = 11,     /* pdftotext refused the bytes, or could not run */
    CDOCUMENTS_TOO_LONG = 12,   /* it took more than its time */
    CDOCUMENTS_TOO_MUCH = 13    /* it wrote more than `most` bytes */
};

/* The text of a PDF as poppler's pdftotext lays it out, in UTF-8. The program runs as a child
   without a shell, reads from a file without a name, and may write nothing but its output; its
   time, memory and output are limited. `*text` is to be freed whatever the answer. */
int32_t cdocuments_pdf_text(const uint8_t *_Nullable bytes, size_t count, size_t most,
                            uint8_t *_Nullable *_Nonnull text, size_t *_Nonnull length);
void cdocuments_free(uint8_t *_Nullable bytes);

#ifdef __cplusplus
}
#endif

#endif
