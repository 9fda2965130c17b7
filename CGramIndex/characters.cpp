#include "characters.hpp"

#include <array>
#include <cstring>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#pragma GCC visibility push(hidden)

namespace cg {

const char *find_bytes(const char *from, const char *end, std::string_view needle) {
    const size_t length = needle.size();
    if (static_cast<size_t>(end - from) < length) return nullptr;
#ifdef __SSE2__
    constexpr std::ptrdiff_t width = 16;
    const char *const last = end - length;
    if (last - from >= width - 1) {
        // Sixteen places at a time: those where the bytes are right that end the first and the last
        // character, which tell more than those that begin them.
        size_t head = 0;
        while (head + 1 < length && !ends_character(needle[head])) ++head;
        const __m128i one = _mm_set1_epi8(needle[head]);
        const __m128i other = _mm_set1_epi8(needle.back());
        const auto load = [](const char *at) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        };
        for (;; from += width) {
            // The last sixteen places lie partly among those before.
            from = std::min(from, last - (width - 1));
            const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(load(from + head), one),
                                               _mm_cmpeq_epi8(load(from + length - 1), other));
            auto places = static_cast<unsigned>(_mm_movemask_epi8(both));
            for (; places; places &= places - 1) {
                const char *const found = from + __builtin_ctz(places);
                if (std::memcmp(found, needle.data(), length) == 0) return found;
            }
            if (from == last - (width - 1)) return nullptr;
        }
    }
#endif
    return static_cast<const char *>(
        ::memmem(from, static_cast<size_t>(end - from), needle.data(), length));
}

}  // namespace cg

namespace {

// Bytes around a text that a loop may look at and that belong to no character of it.
constexpr size_t before = 1;
constexpr size_t behind = 3;

// Counts a character of so many bytes in a text that has `before` bytes in front of it, where `padded`
// points. In rows of at most 255 places a sum fits in a byte, and the loop becomes one over sixteen bytes
// at a time.
template <size_t bytes>
uint32_t count(const uint8_t *padded, size_t length, const uint8_t *wanted) {
    uint32_t sum = 0;
    for (size_t start = 0; start < length; start += 255) {
        const size_t end = std::min<size_t>(length, start + 255);
        uint8_t found = 0;
        for (size_t at = start; at < end; ++at) {
            // In the middle of a character others may look alike.
            uint8_t is_there = padded[at] >= CG_FIRST_END;
            for (size_t i = 0; i < bytes; ++i) is_there &= padded[at + before + i] == wanted[i];
            found = static_cast<uint8_t>(found + is_there);
        }
        sum += found;
    }
    return sum;
}

}  // namespace

#pragma GCC visibility pop

size_t cg_count_characters(const uint8_t *text, size_t length, const cg_character *characters,
                           size_t count_of_characters, uint32_t *occurrences) {
    std::array<uint8_t, 2048> near;
    std::vector<uint8_t> far;
    uint8_t *copy = near.data();
    if (length > near.size() - before - behind) {
        far.resize(before + length + behind);
        copy = far.data();
    }
    // A text begins where a character ends; behind it stands what ends none.
    copy[0] = CG_FIRST_END;
    if (length > 0) std::memcpy(copy + before, text, length);
    std::memset(copy + before + length, 0, behind);
    for (size_t i = 0; i < count_of_characters; ++i) {
        const uint8_t *const wanted = characters[i].bytes;
        switch (characters[i].length) {
        case 1:
            occurrences[i] = count<1>(copy, length, wanted);
            break;
        case 2:
            occurrences[i] = count<2>(copy, length, wanted);
            break;
        case 3:
            occurrences[i] = count<3>(copy, length, wanted);
            break;
        case 4:
            occurrences[i] = count<4>(copy, length, wanted);
            break;
        default:
            occurrences[i] = 0;
        }
    }
    return static_cast<size_t>(
        cg::count_characters({reinterpret_cast<const char *>(copy + before), length}));
}
