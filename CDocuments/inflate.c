#include "CDocuments.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int32_t cdocuments_inflate(const uint8_t *bytes, size_t count, uint8_t *expanded,
                           size_t capacity) {
    if (count > UINT_MAX || capacity > UINT_MAX) return CDOCUMENTS_MALFORMED;
    z_stream stream;
    memset(&stream, 0, sizeof stream);
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return CDOCUMENTS_NO_MEMORY;
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)count;
    stream.next_out = expanded;
    stream.avail_out = (uInt)capacity;
    int result = inflate(&stream, Z_FINISH);
    int is_whole = result == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    if (result == Z_MEM_ERROR) return CDOCUMENTS_NO_MEMORY;
    return is_whole ? CDOCUMENTS_FINE : CDOCUMENTS_MALFORMED;
}

struct cdocuments_gunzip {
    z_stream stream;
};

cdocuments_gunzip *cdocuments_gunzip_open(void) {
    cdocuments_gunzip *reader = calloc(1, sizeof *reader);
    /* 16 more than the largest window means the head and the end of gzip. */
    if (reader && inflateInit2(&reader->stream, MAX_WBITS + 16) != Z_OK) {
        free(reader);
        return NULL;
    }
    return reader;
}

void cdocuments_gunzip_close(cdocuments_gunzip *reader) {
    inflateEnd(&reader->stream);
    free(reader);
}

int32_t cdocuments_gunzip_step(cdocuments_gunzip *reader, const uint8_t *bytes, size_t count,
                               size_t *used, uint8_t *expanded, size_t capacity,
                               size_t *written) {
    z_stream *stream = &reader->stream;
    *used = *written = 0;
    if (count > UINT_MAX || capacity > UINT_MAX) return CDOCUMENTS_MALFORMED;
    stream->next_in = (Bytef *)bytes;
    stream->avail_in = (uInt)count;
    stream->next_out = expanded;
    stream->avail_out = (uInt)capacity;
    int result = inflate(stream, Z_NO_FLUSH);
    *used = count - stream->avail_in;
    *written = capacity - stream->avail_out;
    switch (result) {
    /* Another stream may follow. */
    case Z_STREAM_END: return inflateReset(stream) == Z_OK ? CDOCUMENTS_FINE : CDOCUMENTS_MALFORMED;
    case Z_OK:
    case Z_BUF_ERROR: return CDOCUMENTS_FINE;
    case Z_MEM_ERROR: return CDOCUMENTS_NO_MEMORY;
    default: return CDOCUMENTS_MALFORMED;
    }
}
