#include "characters.hpp"

#include <algorithm>
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
        // Sixteen offsets at a time: those where the bytes are right that end the first and the last
        // character, which tell more than those that begin them.
        size_t head = 0;
        while (head + 1 < length && !ends_character(needle[head])) ++head;
        const __m128i one = _mm_set1_epi8(needle[head]);
        const __m128i other = _mm_set1_epi8(needle.back());
        const auto load = [](const char *at) {
            return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        };
        for (;; from += width) {
            // The last sixteen offsets lie partly among those before.
            from = std::min(from, last - (width - 1));
            const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(load(from + head), one),
                                               _mm_cmpeq_epi8(load(from + length - 1), other));
            auto found_bits = static_cast<unsigned>(_mm_movemask_epi8(both));
            for (; found_bits; found_bits &= found_bits - 1) {
                const char *const found = from + __builtin_ctz(found_bits);
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

// Sixteen bytes, which a processor looks at together.
typedef uint8_t Row __attribute__((vector_size(16)));
constexpr size_t width = sizeof(Row);
// The zeros behind a text, of which none ends a character: they fill its last row, and a look at the
// bytes that follow it.
constexpr size_t behind = width + 3;

Row row(const uint8_t *bytes) {
    Row row;
    std::memcpy(&row, bytes, width);
    return row;
}

Row row_of(uint8_t byte) { return Row{} + byte; }

// How many bytes of so many are marked: mark(at) has 255 for each of a row that is, and 0 otherwise.
template <typename Mark> uint32_t count_marked(size_t length, Mark &&mark) {
    uint64_t count = 0;
    // Of so many rows each sum fits in a byte.
    for (size_t start = 0; start < length; start += 255 * width) {
        const size_t end = std::min(length, start + 255 * width);
        Row sums{};
        for (size_t at = start; at < end; at += width) sums -= mark(at);
        uint64_t halves[2];
        std::memcpy(halves, &sums, width);
        for (const uint64_t half : halves) {
            constexpr uint64_t every_other = 0x00FF00FF00FF00FF;
            const uint64_t pairs = (half & every_other) + (half >> 8 & every_other);
            count += pairs * 0x0001000100010001 >> 48;
        }
    }
    return static_cast<uint32_t>(count);
}

// Counts a character of so many bytes where a character begins.
template <size_t bytes>
uint32_t count(const uint8_t *text, const uint8_t *begins, size_t length, const uint8_t *wanted) {
    return count_marked(length, [&](size_t at) {
        // In the middle of a character others may look alike.
        Row marks = row(begins + at);
        for (size_t i = 0; i < bytes; ++i) marks &= Row(row(text + at + i) == row_of(wanted[i]));
        return marks;
    });
}

}  // namespace

#pragma GCC visibility pop

size_t cg_count_characters(const uint8_t *text, size_t length, const cg_character *characters,
                           size_t count_of_characters, uint32_t *occurrences) {
    // The text, and for each of its bytes whether a character begins there.
    std::array<uint8_t, 4096> near;
    std::vector<uint8_t> far;
    const size_t rows = (length + width - 1) / width * width;
    uint8_t *copy = near.data();
    if (2 * (rows + behind) > near.size()) {
        far.resize(2 * (rows + behind));
        copy = far.data();
    }
    if (length > 0) std::memcpy(copy, text, length);
    std::memset(copy + length, 0, rows + behind - length);
    uint8_t *const begins = copy + rows + behind;
    begins[0] = 255;
    const uint32_t all = count_marked(rows, [&](size_t at) {
        const Row ends = Row(row(copy + at) >= row_of(CG_FIRST_END));
        std::memcpy(begins + at + 1, &ends, width);
        return ends;
    });
    for (size_t i = 0; i < count_of_characters; ++i) {
        const uint8_t *const wanted = characters[i].bytes;
        switch (characters[i].length) {
        case 1:
            occurrences[i] = count<1>(copy, begins, rows, wanted);
            break;
        case 2:
            occurrences[i] = count<2>(copy, begins, rows, wanted);
            break;
        case 3:
            occurrences[i] = count<3>(copy, begins, rows, wanted);
            break;
        case 4:
            occurrences[i] = count<4>(copy, begins, rows, wanted);
            break;
        default:
            occurrences[i] = 0;
        }
    }
    return all;
}
