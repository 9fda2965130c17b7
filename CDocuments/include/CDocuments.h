#ifndef GONGKAI_CDOCUMENTS_H
#define GONGKAI_CDOCUMENTS_H

/* Markup and compressed data by libxml2 and zlib, without trees, and other formats by programs.

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

/* Data compressed by gzip, one stream or several end to end, a part at a time. */
typedef struct cdocuments_gunzip cdocuments_gunzip;

/* Opens a reader. NULL when memory is short. */
cdocuments_gunzip *_Nullable cdocuments_gunzip_open(void);
void cdocuments_gunzip_close(cdocuments_gunzip *_Nonnull reader);

/* Expands the next bytes into at most `capacity` bytes: how many were used and how many written. */
int32_t cdocuments_gunzip_step(cdocuments_gunzip *_Nonnull reader, const uint8_t *_Nullable bytes,
                               size_t count, size_t *_Nonnull used, uint8_t *_Nonnull expanded,
                               size_t capacity, size_t *_Nonnull written);

/* ---- Programs ---- */

/* What cdocuments_run met, beside CDOCUMENTS_FINE. */
enum {
    /* of the bytes, or of the program */
    CDOCUMENTS_TOO_SLOW = 12, /* it took more processor time than the limit */
    CDOCUMENTS_TOO_MUCH = 13, /* it gave more than the limit */
    CDOCUMENTS_ENDED = 14,    /* it could not do its work; the detail is its exit code */
    /* of the moment */
    CDOCUMENTS_NO_PROGRAM = 20, /* it is not in PATH, or not at its path */
    CDOCUMENTS_NOT_RUN = 21,    /* a call of the system failed; the detail is its error number */
    CDOCUMENTS_KILLED = 22,     /* a signal ended it; the detail is its number */
    CDOCUMENTS_HANGS = 24,      /* it did not end in time */
    CDOCUMENTS_STOPPED = 25     /* the caller wanted no more */
};

enum { CDOCUMENTS_MOST_ARGUMENTS = 16 };

/* A program that reads the formats of others for us, and what it may take. */
struct cdocuments_program {
    const char *_Nonnull name;      /* a name that PATH finds, or an absolute path */
    const char *_Nonnull arguments; /* each ended by a zero byte, the last by two */
    int32_t most_seconds;           /* of the processor */
    int32_t most_waiting;           /* seconds until it is ended, on a busy machine */
    size_t most_memory;             /* bytes */
    size_t most_output;             /* bytes */
    /* Asked every few milliseconds; when it is not 0, the child and all that it started end. */
    int32_t (*_Nonnull is_over)(void);
};

struct cdocuments_answer {
    uint8_t *_Nullable output; /* to be freed, whatever the answer */
    size_t length;
    int32_t detail;
    char complaints[512]; /* what it wrote to standard error, cut off */
};

/* Writes the absolute path of the program that a name or an absolute path runs. 0 when there is none. */
int32_t cdocuments_find(const char *_Nonnull name, char *_Nonnull path, size_t capacity);

/* Runs a program on some bytes. It runs as a child without a shell, in a group of its own, with an
   environment of its own; reads from a file without a name, and may write nothing but its output.
   It ends, with all that it started, when it is done, over a limit, or this process ends. */
int32_t cdocuments_run(const struct cdocuments_program *_Nonnull program,
                       const uint8_t *_Nullable bytes, size_t count,
                       struct cdocuments_answer *_Nonnull answer);
void cdocuments_free(uint8_t *_Nullable bytes);

#ifdef __cplusplus
}
#endif

#endif
