#include "characters.hpp"

#include <cstring>

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

#pragma GCC visibility pop
