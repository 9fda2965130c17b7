#include "conjunction.hpp"

#pragma GCC visibility push(hidden)

namespace {

// A list that holds more than three quarters of so many candidates in a row is not asked any more.
constexpr unsigned trial = 64;

}  // namespace

namespace cg {

DocumentID Conjunction::seek(DocumentID target) {
    // Each list in turn pulls the target on, until all agree.
    for (size_t i = 0; i < lists_.size();) {
        Candidates &candidates = *lists_[i].candidates;
        if (!candidates.seek(target)) return 0;
        const DocumentID found = candidates.current();
        if (i > 0 && lists_[i].is_optional && is_useless(lists_[i], found == target)) {
            lists_.erase(lists_.begin() + static_cast<std::ptrdiff_t>(i));
            continue;
        }
        if (found > target) {
            target = found;
            if (i > 0) {
                i = 0;
                continue;
            }
        }
        if (i == 0) {
            const DocumentID passing = filter_.first(target);
            if (passing == 0) return 0;
            if (passing != target) {
                target = passing;
                continue;
            }
        }
        ++i;
    }
    return target;
}

// Whether a list that held the last candidate, or did not, leaves out too few of them for what it
// takes to ask.
bool Conjunction::is_useless(List &list, bool held) {
    Candidates &candidates = *list.candidates;
    candidates.held += held;
    if (++candidates.asked < trial) return false;
    const bool holds_most = candidates.held * 4 > trial * 3;
    candidates.asked = candidates.held = 0;
    return holds_most;
}

}  // namespace cg

#pragma GCC visibility pop
