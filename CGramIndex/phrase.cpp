#include "phrase.hpp"

#include <algorithm>

#include "characters.hpp"

#pragma GCC visibility push(hidden)

namespace {

// Calls body(characters) for the shortest window from each offset where a part starts that covers one
// occurrence of every part, until it returns false.
template <typename Body>
void for_each_window(const cg::Match &match, std::string_view text, Body &&body) {
    const size_t count = match.parts.size();
    std::vector<std::vector<size_t>> starts(count);
    std::vector<size_t> windows;
    for (size_t i = 0; i < count; ++i) {
        cg::for_each_occurrence(text, match.parts[i].text, [&](size_t at) {
            starts[i].push_back(at);
            return true;
        });
        if (starts[i].empty()) return;
        windows.insert(windows.end(), starts[i].begin(), starts[i].end());
    }
    std::sort(windows.begin(), windows.end());
    windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
    std::vector<size_t> next(count);
    for (const size_t start : windows) {
        size_t end = start;
        for (size_t i = 0; i < count; ++i) {
            while (next[i] < starts[i].size() && starts[i][next[i]] < start) ++next[i];
            if (next[i] == starts[i].size()) return;
            end = std::max(end, starts[i][next[i]] + match.parts[i].text.size());
        }
        if (!body(cg::count_characters(text.substr(start, end - start)))) return;
    }
}

}  // namespace

namespace cg {

bool stand_near(const Match &match, std::string_view text) {
    bool is_near = false;
    for_each_window(match, text, [&](int64_t length) {
        is_near = length - match.characters <= match.maximum_gap;
        return !is_near;
    });
    return is_near;
}

int64_t shortest_window(const Match &match, std::string_view text) {
    int64_t shortest = 0;
    for_each_window(match, text, [&](int64_t length) {
        if (shortest == 0 || length < shortest) shortest = length;
        return shortest > match.characters;
    });
    return shortest;
}

}  // namespace cg

#pragma GCC visibility pop
