// Finding rows of characters in a text.
//
// A character is one byte or several, of which only the last is not below CG_FIRST_END.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "include/CGramIndex.h"

#pragma GCC visibility push(hidden)

namespace cg {

inline bool ends_character(char byte) { return static_cast<uint8_t>(byte) >= CG_FIRST_END; }

inline int64_t count_characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(), ends_character);
}

// Where `needle`, which is not empty, stands in the bytes from `from` on, characters or not; NULL
// when it does not.
const char *find_bytes(const char *from, const char *end, std::string_view needle);

// Calls body(offset) for each offset where the characters of `needle` stand in `text`, overlapping
// ones too, until it returns false.
template <typename Body>
void for_each_occurrence(std::string_view text, std::string_view needle, Body &&body) {
    const char *from = text.data();
    const char *const end = from + text.size();
    while (from < end) {
        const char *const found = find_bytes(from, end, needle);
        if (!found) return;
        from = found + 1;
        // In the middle of a character others may look alike.
        if (found > text.data() && !ends_character(found[-1])) continue;
        if (!body(static_cast<size_t>(found - text.data()))) return;
    }
}

inline bool holds(std::string_view text, std::string_view needle) {
    bool found = false;
    for_each_occurrence(text, needle, [&](size_t) {
        found = true;
        return false;
    });
    return found;
}

inline uint32_t count_occurrences(std::string_view text, std::string_view needle) {
    uint32_t count = 0;
    for_each_occurrence(text, needle, [&](size_t) {
        ++count;
        return true;
    });
    return count;
}

}  // namespace cg

#pragma GCC visibility pop
