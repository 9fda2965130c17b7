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

/* What cdocuments_markup_feed and cdocuments_inflate found. */
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

/* Expands raw DEFLATE data into exactly `capacity` bytes. Whatever else it is gives
   CDOCUMENTS_MALFORMED. */
int32_t cdocuments_inflate(const uint8_t *_Nullable bytes, size_t count,
                           uint8_t *_Nullable expanded, size_t capacity);

/* ---- PDF ---- */

/* What cdocuments_pdf_text met, beside CDOCUMENTS_FINE. */
enum {
    /* of the bytes */
    CDOCUMENTS_REFUSED = 10,        /* pdftotext says that they are no PDF, or damaged */
    CDOCUMENTS_WANTS_PASSWORD = 11, /* pdftotext says that a password is wanted */
    CDOCUMENTS_TOO_SLOW = 12,       /* they took more processor time than the limit */
    CDOCUMENTS_TOO_MUCH = 13,       /* they gave more text than the limit */
    /* of the moment */
    CDOCUMENTS_NO_PROGRAM = 20, /* pdftotext is not in PATH */
    CDOCUMENTS_NOT_RUN = 21,    /* a call of the system failed; the detail is its error number */
    CDOCUMENTS_KILLED = 22,     /* a signal ended pdftotext; the detail is its number */
    CDOCUMENTS_ENDED = 23,      /* pdftotext could not do its work; the detail is its exit code */
    CDOCUMENTS_HANGS = 24,      /* nothing came for a minute */
    CDOCUMENTS_STOPPED = 25     /* the caller wanted no more */
};

/* What a caller sets. */
struct cdocuments_limits {
    size_t most_output; /* bytes of text */
    /* Asked every few milliseconds; when it is not 0, the child and all that it started end. */
    int32_t (*_Nonnull is_over)(void);
};

/* The words of a PDF with their boxes, as poppler's `pdftotext -bbox-layout` prints them: XHTML in
   UTF-8. The program runs as a child without a shell, in a group of its own, reads from a file without a name, and may write nothing
   but its output; its time, memory and output are limited. `*text` is to be freed whatever the
   answer. */
int32_t cdocuments_pdf_text(const uint8_t *_Nullable bytes, size_t count,
                            struct cdocuments_limits limits,
                            uint8_t *_Nullable *_Nonnull text, size_t *_Nonnull length,
                            int32_t *_Nonnull detail);
void cdocuments_free(uint8_t *_Nullable bytes);

#ifdef __cplusplus
}
#endif

#endif
