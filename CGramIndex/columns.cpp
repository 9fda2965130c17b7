// Looking into columns: fetching, finding bytes, comparing numbers sixteen at a time.
#include <algorithm>
#include <cstring>

#include "bytes.hpp"
#include "characters.hpp"
#include "include/CGramIndex.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#pragma GCC visibility push(hidden)

namespace {

#ifdef __SSE2__
__m128i load(const uint8_t *at) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
}

// Of sixteen numbers a byte each: 0 unless it lies in the range. A difference that is less than
// none is taken for 0, so that only those within the width leave nothing over.
__m128i between(const uint8_t *at, uint8_t lowest, uint8_t width) {
    const __m128i above = _mm_sub_epi8(load(at), _mm_set1_epi8(static_cast<char>(lowest)));
    return _mm_cmpeq_epi8(_mm_subs_epu8(above, _mm_set1_epi8(static_cast<char>(width))),
                          _mm_setzero_si128());
}

__m128i between(const uint8_t *at, uint16_t lowest, uint16_t width) {
    const auto eight = [&](const uint8_t *from) {
        const __m128i above = _mm_sub_epi16(load(from), _mm_set1_epi16(static_cast<short>(lowest)));
        return _mm_cmpeq_epi16(_mm_subs_epu16(above, _mm_set1_epi16(static_cast<short>(width))),
                               _mm_setzero_si128());
    };
    return _mm_packs_epi16(eight(at), eight(at + 16));
}
#endif

// Sets the bits of the numbers that lie in a range.
template <typename Number>
void find_numbers(const uint8_t *at, size_t count, Number lowest, Number highest, uint8_t *bits) {
    const auto width = static_cast<Number>(highest - lowest);
    size_t i = 0;
#ifdef __SSE2__
    if constexpr (sizeof(Number) <= 2) {
        for (; i + 16 <= count; i += 16) {
            const int found = _mm_movemask_epi8(between(at + i * sizeof(Number), lowest, width));
            bits[i / 8] |= static_cast<uint8_t>(found);
            bits[i / 8 + 1] |= static_cast<uint8_t>(found >> 8);
        }
    }
#endif
    for (; i < count; ++i) {
        const auto number = cg::little_endian<Number>(at + i * sizeof(Number));
        const bool is_between = static_cast<Number>(number - lowest) <= width;
        bits[i / 8] |= static_cast<uint8_t>(is_between << i % 8);
    }
}

}  // namespace

#pragma GCC visibility pop

void cg_prefetch(cg_bytes bytes, size_t offset, size_t length) {
    constexpr size_t cache_line = 64;
    if (offset >= bytes.length) return;
    const uint8_t *const end = bytes.bytes + offset + std::min(length, bytes.length - offset);
    for (const uint8_t *at = bytes.bytes + offset; at < end; at += cache_line) {
        __builtin_prefetch(at);
    }
}

int64_t cg_find(cg_bytes bytes, size_t from, const uint8_t *wanted, size_t wanted_length) {
    if (wanted_length == 0 || from > bytes.length) return -1;
    const auto *const start = reinterpret_cast<const char *>(bytes.bytes);
    const char *const found =
        cg::find_bytes(start + from, start + bytes.length,
                       {reinterpret_cast<const char *>(wanted), wanted_length});
    return found ? found - start : -1;
}

void cg_find_numbers(cg_bytes bytes, size_t offset, size_t size, size_t count, uint64_t lowest,
                     uint64_t highest, uint8_t *bits) {
    const uint64_t largest = size < sizeof(uint64_t) ? (uint64_t(1) << 8 * size) - 1 : ~uint64_t(0);
    if (lowest > highest || lowest > largest) return;
    highest = std::min(highest, largest);
    const uint8_t *const at = bytes.bytes + offset;
    const auto find = [&](auto number) {
        using Number = decltype(number);
        find_numbers(at, count, static_cast<Number>(lowest), static_cast<Number>(highest), bits);
    };
    switch (size) {
    case 1:
        return find(uint8_t());
    case 2:
        return find(uint16_t());
    case 4:
        return find(uint32_t());
    case 8:
        return find(uint64_t());
    }
}
