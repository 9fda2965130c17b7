#include "CDocuments.h"

#include <limits.h>
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
